using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace IotAttest.Service.Tests.Evidence;

public sealed class RateLimitTests
{
    private const string Ueid = "01aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    [Fact]
    public async Task A_burst_of_200_is_fine()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with { BoardRequestsPerSecond = 40 });
        using HttpClient anybody = verifier.Anybody();

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => AskAsync(anybody)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
    }

    [Fact]
    public async Task One_address_that_asks_without_end_is_told_to_wait_and_logged_in_callers_are_not()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with { BoardRequestsPerSecond = 40 });
        using HttpClient anybody = verifier.Anybody();

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(_ => AskAsync(anybody)));
        using HttpResponseMessage refused = await anybody.PostAsJsonAsync("/v1/challenges", new { ueid = Ueid });
        using HttpClient operators = verifier.Operator();

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        if (refused.StatusCode == HttpStatusCode.TooManyRequests)
        {
            JsonElement problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("TooMany", problem.GetProperty("code").GetString());
            Assert.NotEmpty(problem.GetProperty("do").GetString()!);
            Assert.Equal("1", refused.Headers.RetryAfter?.ToString());
        }

        Assert.Equal(HttpStatusCode.OK, (await operators.GetAsync(new Uri("/v1/devices", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Refusals_of_strangers_are_counted_against_their_address()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient anybody = verifier.Anybody();
        using ByteArrayContent garbage = new([1, 2, 3]);
        garbage.Headers.ContentType = new MediaTypeHeaderValue("application/eat+cwt");
        (await anybody.PostAsync(new Uri("/v1/evidence", UriKind.Relative), garbage)).Dispose();

        using HttpClient operators = verifier.Operator();
        JsonElement answer = await operators.GetFromJsonAsync<JsonElement>("/v1/refusals");

        JsonElement entry = Assert.Single(answer.GetProperty("refusals").EnumerateArray());
        Assert.Equal("127.0.0.1", entry.GetProperty("address").GetString());
        Assert.Equal(1, entry.GetProperty("count").GetInt64());
        Assert.Equal("Malformed", entry.GetProperty("last").GetString());
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client)
    {
        using HttpResponseMessage response = await client.PostAsJsonAsync("/v1/challenges", new { ueid = Ueid });
        return response.StatusCode;
    }
}
