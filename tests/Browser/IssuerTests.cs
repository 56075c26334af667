using System.Text.Json.Nodes;
using IotAttest.Service.Tests;
using IotAttest.Service.Tests.Access;
using IotAttest.Support;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Browser.Tests;

/// <summary>Signing in with an issuer that is another site, as a browser takes its cookies: SameSite=Lax on the way back, Strict on every way after.</summary>
[Collection(Stage.Name)]
public sealed class IssuerTests(Stage stage)
{
    [RequiresToolFact(Chromium.Program)]
    public async Task With_the_keyboard_and_without_a_script_to_the_issuer_of_another_site_and_back_to_the_desk()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        issuer.Host = "localhost";
        issuer.Codes.IdToken = asked => issuer.Sign(Claims(issuer, asked), "JWT");
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with { OidcAuthority = new Uri(issuer.Url), OidcClientId = IssuerCodes.ClientId });
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        await using Visit visit = await stage.VisitAsync(verifier.Address, Look.Plain);
        await visit.GoAsync("/desk");
        await visit.Page.ArrivesAsync("**/sign-in?returnTo=**");
        Assert.Equal("Sign in with localhost", await visit.Page.Locator("#issuer").InnerTextAsync());

        await visit.Page.Locator("#issuer").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.ArrivesAsync("**/desk");

        Assert.Contains("acme/oidc:ann", await visit.Page.Locator("header").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task An_answer_that_does_not_hold_says_so_and_leads_back()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        issuer.Codes.IdToken = asked => issuer.Unsigned(Claims(issuer, asked));
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with { OidcAuthority = new Uri(issuer.Url), OidcClientId = IssuerCodes.ClientId });
        await using Visit visit = await stage.VisitAsync(verifier.Address, Look.Phone);
        await visit.GoAsync("/sign-in");
        await visit.AssertAccessibleAsync("the page for signing in with an issuer");

        await visit.Page.Locator("#issuer").ClickAsync();
        await visit.Page.WaitForSelectorAsync("#fault");

        await visit.AssertAccessibleAsync("a sign-in that was refused");
        await visit.Page.Locator("main a.button").ClickAsync();
        await visit.Page.ArrivesAsync("**/sign-in");
    }

    private static JsonObject Claims(TestIssuer issuer, IQueryCollection asked) => new()
    {
        ["iss"] = issuer.Url,
        ["aud"] = IssuerCodes.ClientId,
        ["sub"] = "ann",
        ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        ["exp"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds(),
        ["nonce"] = asked["nonce"].ToString(),
        ["organisation"] = "acme",
        ["roles"] = new JsonArray("manufacturer"),
    };
}
