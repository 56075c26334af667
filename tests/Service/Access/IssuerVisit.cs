using System.Text.Json.Nodes;
using IotAttest.Service.Access.CodeFlow;
using IotAttest.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace IotAttest.Service.Tests.Access;

/// <summary>A verifier where people sign in with a test issuer, and the steps of doing so.</summary>
internal sealed class IssuerVisit : IAsyncDisposable
{
    private readonly HttpClient _atIssuer = new(new HttpClientHandler { AllowAutoRedirect = false });

    private IssuerVisit(TestIssuer issuer, VerifierUnderTest verifier, FakeClock clock)
    {
        Issuer = issuer;
        Verifier = verifier;
        Clock = clock;
        issuer.Codes.IdToken = asked => issuer.Sign(Claims(asked), "JWT");
    }

    public TestIssuer Issuer { get; }

    public VerifierUnderTest Verifier { get; }

    public FakeClock Clock { get; }

    public static async Task<IssuerVisit> StartAsync(Func<Hosting.VerifierOptions, Hosting.VerifierOptions>? change = null, ILoggerProvider? logs = null)
    {
        FakeClock clock = new();
        TestIssuer issuer = await TestIssuer.StartAsync();
        VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(clock, options => (change ?? (same => same))(options with { OidcAuthority = new Uri(issuer.Url), OidcClientId = IssuerCodes.ClientId }), logs);
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        IssuerVisit visit = new(issuer, verifier, clock);
        await visit.WarmUpAsync();
        return visit;
    }

    /// <summary>A good ID token for what was asked.</summary>
    public JsonObject Claims(IQueryCollection asked) => new()
    {
        ["iss"] = Issuer.Url,
        ["aud"] = asked["client_id"].ToString(),
        ["sub"] = "ann",
        ["iat"] = Clock.GetUtcNow().ToUnixTimeSeconds(),
        ["exp"] = Clock.GetUtcNow().AddMinutes(20).ToUnixTimeSeconds(),
        ["nonce"] = asked["nonce"].ToString(),
        ["organisation"] = "acme",
        ["roles"] = new JsonArray("manufacturer"),
    };

    public SignedIn NewBrowser() => new(Verifier.Address);

    /// <summary>Begins, and returns what the issuer is asked.</summary>
    public static async Task<Dictionary<string, StringValues>> AskedAsync(SignedIn browser)
    {
        using HttpResponseMessage response = await browser.GetAsync(CodeSignIn.StartPath);
        return QueryHelpers.ParseQuery(response.Headers.Location!.Query);
    }

    /// <summary>Begins, and lets the issuer sign in; returns the address to come back to, which was not opened yet.</summary>
    public async Task<Uri> AnswerAsync(SignedIn browser, string returnTo = "")
    {
        using HttpResponseMessage begun = await browser.GetAsync($"{CodeSignIn.StartPath}?returnTo={Uri.EscapeDataString(returnTo)}");
        Assert.Equal(303, (int)begun.StatusCode);
        using HttpResponseMessage answer = await _atIssuer.GetAsync(begun.Headers.Location);
        return answer.Headers.Location!;
    }

    /// <summary>The whole way.</summary>
    public async Task<HttpResponseMessage> SignInAsync(SignedIn browser, string returnTo = "") => await browser.Http.GetAsync(await AnswerAsync(browser, returnTo));

    /// <summary>An address with one parameter changed; null leaves it out.</summary>
    public static string With(Uri address, string name, string? value)
    {
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(address.Query);
        query.Remove(name);
        if (value is not null)
        {
            query[name] = value;
        }

        return QueryHelpers.AddQueryString(address.AbsolutePath, query);
    }

    public async ValueTask DisposeAsync()
    {
        _atIssuer.Dispose();
        await Verifier.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    /// <summary>The first request to an issuer that just started may take longer than the verifier waits.</summary>
    private async Task WarmUpAsync()
    {
        foreach (string path in new[] { "/.well-known/openid-configuration", "/jwks" })
        {
            using HttpResponseMessage response = await _atIssuer.GetAsync(new Uri(Issuer.Url + path));
        }
    }
}
