using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotAttest.Domain.Corim;

namespace IotAttest.Service.Tests.Certificates;

public sealed class RegistryTimeTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;

    // Issued on 22 November at noon; see TellAsync for the rest.
    private static readonly (string At, string Status, bool InForce)[] Story =
    [
        ("2026-11-21", "NotIssued", false),
        ("2026-11-22T11:59:59.999Z", "NotIssued", false),
        ("2026-11-22T12:00:00Z", "Certified", false),
        ("2026-11-22", "Certified", false),
        ("2026-11-24T23:59:59.999Z", "Certified", false),
        ("2026-11-25T00:00:00Z", "Certified", true),
        ("2026-11-30", "Certified", true),
        ("2026-12-02T11:59:59.999Z", "Certified", true),
        ("2026-12-02T12:00:00Z", "Suspended", false),
        ("2026-12-02T13:00:00+01:00", "Suspended", false),
        ("2026-12-10", "Suspended", false),
        ("2027-01-20", "Suspended", false),
        ("2027-01-31T11:59:59Z", "Suspended", false),
        ("2027-01-31T12:00:00Z", "Certified", true),
        ("2027-01-31", "Certified", true),
        ("2027-06-30", "Certified", true),
        ("2027-11-22T12:00:00Z", "Certified", true),
        ("2027-11-22T12:00:00.001Z", "Expired", false),
        ("2027-11-22", "Expired", false),
        ("2028-02-29", "Expired", false),
    ];

    public async Task InitializeAsync() => _work = await BodyAtWork.StartAsync();

    public Task DisposeAsync() => _work.DisposeAsync().AsTask();

    [Fact]
    public async Task Story_04_Answer_was_it_valid_on_that_day()
    {
        await TellAsync();

        foreach ((string at, string status, bool isInForce) in Story)
        {
            JsonElement then = await _work.ReadAsync("DEMO-1", $"?at={Uri.EscapeDataString(at)}");
            Assert.Equal((at, status, isInForce), (at, then.Text("status"), then.GetProperty("inForce").GetBoolean()));
        }

        Assert.Equal(20, Story.Length);
        Assert.Equal("Expired", await _work.StatusAsync());
    }

    [Fact]
    public async Task A_past_suspension_shows_its_end_as_it_stood_then()
    {
        await TellAsync();

        JsonElement before = (await _work.ReadAsync("DEMO-1", "?at=2026-12-10")).GetProperty("suspension");
        JsonElement after = (await _work.ReadAsync("DEMO-1", "?at=2027-01-02")).GetProperty("suspension");

        Assert.Equal(("2026-12-31T23:59:59Z", "2027-03-31T23:59:59Z"), (before.Text("until"), after.Text("until")));
    }

    [Theory]
    [InlineData("2026-11-21", 0)]
    [InlineData("2026-11-22", 1)]
    [InlineData("2026-12-02", 2)]
    [InlineData("2027-01-01", 3)]
    [InlineData("2028-01-01", 4)]
    public async Task The_history_is_what_it_was_on_that_day(string at, int events)
    {
        await TellAsync();

        Assert.Equal(events, (await _work.ReadAsync("DEMO-1", $"/history?at={at}")).GetProperty("history").GetArrayLength());
    }

    [Theory]
    [InlineData("2026-11-22", 200)]
    [InlineData("2026-11-22T12:00:00Z", 200)]
    [InlineData("2026-11-22T12:00:00.001Z", 400)]
    [InlineData("2026-11-23", 400)]
    [InlineData("2026-11-22T12:00:00", 400)]
    [InlineData("yesterday", 400)]
    [InlineData("", 400)]
    [InlineData("1969-12-31", 400)]
    [InlineData("2026-02-29", 400)]
    public async Task Today_can_be_asked_for_and_the_future_cannot(string at, int expected)
    {
        await _work.IssueAsync(_work.Certificate());

        Assert.Equal(expected, await _work.Anybody.GetAsync(new Uri($"/v1/certificates/DEMO-1?at={at}", UriKind.Relative)).StatusAsync());
    }

    [Theory]
    [InlineData("application/jwt", "")]
    [InlineData("application/iotattest-certificate+jwt", "")]
    [InlineData("application/jwt", "?at=2026-11-22")]
    public async Task The_public_record_comes_as_a_jwt_that_the_verifiers_key_verifies(string accept, string query)
    {
        await _work.IssueAsync(_work.Certificate() with { PatchPolicy = Domain.Certificates.PatchPolicy.Assessed(30), Categories = ["thermostat"] });
        JsonElement json = await _work.ReadAsync("DEMO-1", query);
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri($"/v1/certificates/DEMO-1{query}", UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using HttpResponseMessage response = await _work.Anybody.SendAsync(request);

        Assert.Equal("application/jwt", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Accept", response.Headers.Vary.Single());
        (JsonElement header, JsonElement claims) = await VerifyAsync(await response.Content.ReadAsStringAsync());
        Assert.Equal(("ES256", "iotattest-certificate+jwt"), (header.Text("alg"), header.Text("typ")));
        Assert.Equal(("DEMO-1", $"urn:iotattest:registry:{header.Text("kid")}"), (claims.Text("sub"), claims.Text("iss")));
        Assert.Equal(json.GetRawText(), claims.GetProperty("certificate").GetRawText());
        Assert.Equal("assessedProcess:30", claims.GetProperty("certificate").Text("patchPolicy"));
        long issued = claims.GetProperty("iat").GetInt64();
        Assert.Equal(query.Length == 0 ? issued + 86_400 : 0, claims.TryGetProperty("exp", out JsonElement exp) ? exp.GetInt64() : 0);
    }

    [Fact]
    public async Task Wildcards_and_browsers_get_json_and_the_signed_file_stays()
    {
        await _work.IssueAsync(_work.Certificate());
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/v1/certificates/DEMO-1", UriKind.Relative));
        request.Headers.Accept.ParseAdd("*/*");
        using HttpResponseMessage response = await _work.Anybody.SendAsync(request);
        using HttpRequestMessage signed = new(HttpMethod.Get, new Uri("/v1/certificates/DEMO-1", UriKind.Relative));
        signed.Headers.Accept.ParseAdd("application/rim+cose");
        using HttpResponseMessage file = await _work.Anybody.SendAsync(signed);

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("application/rim+cose", file.Content.Headers.ContentType!.MediaType);
        Assert.True(SignedCorim.TryDecode(await file.Content.ReadAsByteArrayAsync(), out _, out _));
    }

    /// <summary>Valid from 25 November; suspended on 2 December to 31 December, extended on 31 December to March, resumed on 31 January; ends on 22 November 2027.</summary>
    private async Task TellAsync()
    {
        await _work.IssueAsync(_work.Certificate() with { ValidFrom = new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero) });
        _work.Clock.Advance(TimeSpan.FromDays(10));
        await _work.TakeAsync(new { decision = "suspend", reason = "flaw", actions = new[] { "mend it" }, until = "2026-12-31" });
        _work.Clock.Advance(TimeSpan.FromDays(29));
        await _work.TakeAsync(new { decision = "extend", reason = "more time", until = "2027-03-31" });
        _work.Clock.Advance(TimeSpan.FromDays(31));
        await _work.TakeAsync(new { decision = "resume", reason = "mended", actionsVerified = true });
        _work.Clock.Advance(TimeSpan.FromDays(400));
    }

    private async Task<(JsonElement Header, JsonElement Claims)> VerifyAsync(string jwt)
    {
        string[] parts = jwt.Split('.');
        JsonElement key = (await _work.Anybody.GetJsonAsync("/v1/keys")).GetProperty("keys")[0];
        using ECDsa point = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(key.Text("x")), Y = Base64Url.DecodeFromChars(key.Text("y")) },
        });
        Assert.True(point.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        return (JsonElement.Parse(Base64Url.DecodeFromChars(parts[0])), JsonElement.Parse(Base64Url.DecodeFromChars(parts[1])));
    }
}
