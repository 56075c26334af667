using System.Buffers.Text;
using System.Data.Common;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using Dapper;
using IotAttest.Service.StatusLists;
using IotAttest.Service.Storage;
using IotAttest.Service.Tests.Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.StatusLists;

public sealed class StatusListTests
{
    [Fact]
    public async Task A_certificate_names_its_place_and_the_list_follows_every_decision()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate());
        await work.IssueAsync(work.Certificate("DEMO-2"));

        Assert.Equal(0, await StatusOfAsync(work, "DEMO-2"));
        await work.TakeAsync(new { decision = "suspend", reason = "Being examined", actions = new[] { "Close the port" } }, "DEMO-2");
        Assert.Equal((0, 2), (await StatusOfAsync(work, "DEMO-1"), await StatusOfAsync(work, "DEMO-2")));
        await work.TakeAsync(new { decision = "withdraw", reason = "Not closed" }, "DEMO-2");

        Assert.Equal((0, 1), (await StatusOfAsync(work, "DEMO-1"), await StatusOfAsync(work, "DEMO-2")));
    }

    [Fact]
    public async Task The_list_comes_as_jwt_or_cwt_and_may_be_kept_for_half_a_minute()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();

        using HttpResponseMessage jwt = await work.Anybody.GetAsync(new Uri("/v1/statuslists/0", UriKind.Relative));
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/statuslists/0") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/statuslist+cwt") } } };
        using HttpResponseMessage cwt = await work.Anybody.SendAsync(request);

        Assert.Equal("application/statuslist+jwt", jwt.Content.Headers.ContentType!.MediaType);
        Assert.Equal("application/statuslist+cwt", cwt.Content.Headers.ContentType!.MediaType);
        Assert.Equal(0xd2, (await cwt.Content.ReadAsByteArrayAsync())[0]);
        Assert.Equal(TimeSpan.FromSeconds(30), jwt.Headers.CacheControl!.MaxAge);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public async Task There_is_no_list_of_another_number(string number)
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();

        await work.Anybody.GetAsync(new Uri($"/v1/statuslists/{number}", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
    }

    [Fact]
    public async Task Story_14_Gate_on_conformity_without_an_outage_a_status_list_past_its_end_denies_where_it_is_enforced_and_only_warns_where_it_is_observed()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        StatusListPublisher publisher = work.Verifier.Services.GetRequiredService<StatusListPublisher>();
        publisher.Refresh();
        using HttpClient maker = work.Maker;
        string ueid = await EnrolAsync(work);
        Assert.DoesNotContain("StatusUnavailable", await ReasonsAsync(work, ueid, "enforce"));

        // From here on no list can be made.
        using (DbConnection connection = work.Verifier.Services.GetRequiredService<Database>().Open())
        {
            connection.Execute("ALTER TABLE certificate_places RENAME TO gone");
        }

        work.Clock.Advance(TimeSpan.FromHours(1));
        Assert.DoesNotContain("StatusUnavailable", await ReasonsAsync(work, ueid, "enforce"));
        work.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["deny", "StatusUnavailable"], (await ReasonsAsync(work, ueid, "enforce"))[..2]);
        Assert.Equal(["allow", "StatusUnavailable"], (await ReasonsAsync(work, ueid, "observe"))[..2]);
        Assert.Equal(["review", "StatusUnavailable"], (await ReasonsAsync(work, ueid, "warn"))[..2]);
    }

    private static async Task<string> EnrolAsync(BodyAtWork work)
    {
        const string ueid = "0102030405060708090a0b0c0d0e0f1011";
        using HttpResponseMessage response = await work.Maker.PostJsonAsync(
            "/v1/devices",
            new { ueid, oemid = 32473, @class = work.Manifest.ClassId, key = new { kty = "oct", k = Base64Url.EncodeToString(new byte[32].Select((_, index) => (byte)(index + 1)).ToArray()) }, evidenceStrength = "native", freshness = "challenge", organisation = "acme" });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return ueid;
    }

    private static async Task<string[]> ReasonsAsync(BodyAtWork work, string ueid, string mode)
    {
        using HttpResponseMessage response = await work.Maker.PostJsonAsync("/v1/gate", new { ueids = new[] { ueid }, mode });
        JsonElement board = (await response.JsonAsync()).GetProperty("boards")[0];
        return [board.Text("decision"), .. board.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)];
    }

    internal static async Task<int> StatusOfAsync(BodyAtWork work, string certificate)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"/v1/certificates/{certificate}") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/jwt") } } };
        using HttpResponseMessage response = await work.Anybody.SendAsync(request);
        JsonElement place = Claims(await response.Content.ReadAsStringAsync()).GetProperty("status").GetProperty("status_list");
        int index = place.GetProperty("idx").GetInt32();
        using HttpClient client = new();
        JsonElement list = Claims(await client.GetStringAsync(new Uri(place.Text("uri")))).GetProperty("status_list");
        using MemoryStream packed = new();
        await using ZLibStream decompressor = new(new MemoryStream(Base64Url.DecodeFromChars(list.Text("lst"))), CompressionMode.Decompress);
        await decompressor.CopyToAsync(packed);
        return (packed.ToArray()[index / 4] >> (2 * (index % 4))) & 3;
    }

    private static JsonElement Claims(string jwt) => JsonElement.Parse(Base64Url.DecodeFromChars(jwt.Split('.')[1]));
}
