using System.Text.Json;

namespace IotAttest.Service.Tests.Access;

public sealed class DescriptionTests
{
    [Fact]
    public async Task The_openapi_document_says_which_routes_need_a_login_and_how_they_refuse()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient anybody = verifier.Anybody();

        JsonElement document = await anybody.GetJsonAsync("/openapi/v1.json");

        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").Text("scheme"));
        JsonElement clear = document.GetProperty("paths").GetProperty("/v1/devices/{ueid}/clear").GetProperty("post");
        Assert.True(clear.GetProperty("security")[0].TryGetProperty("bearer", out _));
        Assert.All(["400", "401", "403", "404", "413", "415"], status => Assert.True(clear.GetProperty("responses").GetProperty(status).GetProperty("content").TryGetProperty("application/problem+json", out _), status));
        JsonElement challenge = document.GetProperty("paths").GetProperty("/v1/challenges").GetProperty("post");
        Assert.False(challenge.TryGetProperty("security", out _));
        Assert.True(challenge.GetProperty("responses").TryGetProperty("429", out _));
    }
}
