using System.Text.Json.Nodes;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>Signing in with an OpenID provider that others wrote, which checks the challenge, the secret and the address by itself.</summary>
public sealed class SignInTests
{
    private const string ClientId = "iotattest-pages";
    private const string Secret = "a secret: 100% /+&=";

    [RequiresToolTheory("node", "npm")]
    [InlineData("client_secret_basic", Secret, 200)]
    [InlineData("client_secret_post", Secret, 200)]
    [InlineData("none", null, 200)]
    [InlineData("client_secret_basic", "another secret", 401)]
    public async Task People_sign_in_there_and_work_here_as_whom_the_ID_token_names(string method, string? secret, int status)
    {
        string address = $"http://127.0.0.1:{FreePort.Next()}";
        JsonObject client = new() { ["client_id"] = ClientId, ["token_endpoint_auth_method"] = method, ["redirect_uris"] = new JsonArray($"{address}/sign-in/oidc/callback") };
        if (method != "none")
        {
            client["client_secret"] = Secret;
        }

        await using OidcProvider provider = await OidcProvider.StartAsync(client);
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, secret);
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with
        {
            Http = address["http://".Length..],
            OidcAuthority = provider.Issuer,
            OidcClientId = ClientId,
            OidcClientSecretFile = secret is null ? null : file,
            OidcScope = "openid iotattest",
        });
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient browser = new() { BaseAddress = verifier.Address };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using HttpResponseMessage answer = await browser.GetAsync(new Uri("/sign-in/oidc?returnTo=%2Fdesk", UriKind.Relative));

        string page = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {answer.RequestMessage!.RequestUri}: {page}");
        string desk = await browser.GetStringAsync(new Uri("/desk", UriKind.Relative));
        Assert.Equal(status == 200, desk.Contains("acme/oidc:ann", StringComparison.Ordinal));
        Assert.Equal(status != 200, page.Contains("the error invalid_client", StringComparison.Ordinal));
        File.Delete(file);
    }
}
