using System.Net;

namespace IotAttest.Service.Tests.Evidence;

public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("/v1/evidence")]
    [InlineData("/v1/challenges")]
    [InlineData("/v1/devices")]
    [InlineData("/v1/builds")]
    [InlineData("/v1/certificates")]
    [InlineData("/v1/organisations")]
    public async Task A_body_without_a_media_type_is_415(string route)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Operator();
        using ByteArrayContent content = new([1, 2, 3]);

        using HttpResponseMessage answer = await client.PostAsync(new Uri(route, UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }
}
