using System.Net;
using IotAttest.Service.Access.CodeFlow;

namespace IotAttest.Service.Hosting;

/// <summary>Checks what a verifier was told about its OIDC issuer, part of <see cref="VerifierOptionsCheck"/>.</summary>
internal static class OidcOptionsCheck
{
    private const string OpenIdScope = "openid";
    private const int MaxClientIdLength = 255;

    public static string? IssuerFailure(VerifierOptions options) => options switch
    {
        { OidcAuthority: null, OidcAudience: null } => null,
        { OidcAuthority: null } => "OidcAudience is given without OidcAuthority; give the URL of the issuer too.",
        { OidcAuthority: { } authority } when !VerifierOptionsCheck.IsStableAddress(authority) => $"OidcAuthority is {authority}; give an https URL without query, or http on this machine.",
        _ when string.IsNullOrWhiteSpace(options.OidcAudience) && (options.OidcAudience is not null || options.OidcClientId is null) =>
            "OidcAudience is empty; give the name under which the issuer knows this verifier, or its tokens for others would count here.",
        _ when string.IsNullOrWhiteSpace(options.OidcOrganisationClaim) || string.IsNullOrWhiteSpace(options.OidcRoleClaim) => "OidcOrganisationClaim or OidcRoleClaim is empty; give the name of a claim.",
        _ => null,
    };

    public static string? ClientFailure(VerifierOptions options) => options switch
    {
        { OidcClientId: null, OidcClientSecretFile: null } => null,
        { OidcClientId: null } => "OidcClientSecretFile is given without OidcClientId; give the name under which the issuer knows this verifier too.",
        { OidcAuthority: null } => "OidcClientId is given without OidcAuthority; give the URL of the issuer too.",
        _ when !IsWord(options.OidcClientId) => $"OidcClientId is empty or longer than {MaxClientIdLength} characters of visible ASCII; give the client_id that the issuer has for this verifier.",
        _ when !options.OidcScope.Split(' ').Contains(OpenIdScope) || !options.OidcScope.All(IsVisible) => $"OidcScope is '{options.OidcScope}'; give words with blanks between, one of them {OpenIdScope}.",
        { PublicUrl: null } when !IsLocal(options.Http) => $"OidcClientId is given without PublicUrl while Http is {options.Http}; give the address to which the issuer sends browsers back.",
        { OidcClientSecretFile: { } path } when ClientSecret.Read(path).Fault is { } fault => $"OidcClientSecretFile is {path}, {fault}; give a file that holds the client's secret and nothing else.",
        _ => null,
    };

    private static bool IsWord(string text) => text.Length is > 0 and <= MaxClientIdLength && text.All(IsVisible) && text.Trim() == text;

    private static bool IsVisible(char letter) => letter is >= ' ' and <= '~';

    private static bool IsLocal(string http) => !ListenAddress.TryParse(http, out IPEndPoint? address) || IPAddress.IsLoopback(address.Address);
}
