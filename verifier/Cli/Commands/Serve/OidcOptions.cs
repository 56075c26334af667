using System.CommandLine;
using IotAttest.Cli.Options;
using IotAttest.Service.Hosting;

namespace IotAttest.Cli.Commands.Serve;

/// <summary><c>--oidc-...</c>: whose JWTs the verifier takes beside its own tokens, and where people sign in.</summary>
internal sealed class OidcOptions : IServeOptions
{
    private readonly Option<Uri?> _authority = UrlOption.Create("--oidc-authority", "The OIDC issuer whose JWTs are taken as a login, exactly as it names itself.");

    private readonly Option<string?> _audience = new("--oidc-audience") { Description = "What a JWT must name as its audience; needed with --oidc-authority, unless people only sign in there.", HelpName = "NAME" };
    private readonly Option<string?> _organisation = new("--oidc-organisation-claim") { Description = "The claim that names the organisation; 'organisation' when left out.", HelpName = "CLAIM" };
    private readonly Option<string?> _roles = new("--oidc-role-claim") { Description = "The claim with the roles; 'roles' when left out. Only roles that the organisation has count.", HelpName = "CLAIM" };
    private readonly Option<string?> _clientId = new("--oidc-client-id") { Description = "The name under which the issuer knows this verifier: people then sign in there by the code flow with PKCE.", HelpName = "NAME" };
    private readonly Option<string?> _clientSecret = CommonOptions.OptionalPath("--oidc-client-secret-file", "A file with the client's secret; a public client when left out.");
    private readonly Option<string?> _scope = new("--oidc-scope") { Description = "What a sign-in asks the issuer for; 'openid' when left out.", HelpName = "WORDS" };

    public IEnumerable<Option> All => [_authority, _audience, _organisation, _roles, _clientId, _clientSecret, _scope];

    public VerifierOptions Apply(ParseResult parsed, VerifierOptions options) => options with
    {
        OidcAuthority = parsed.GetValue(_authority),
        OidcAudience = parsed.GetValue(_audience),
        OidcOrganisationClaim = parsed.GetValue(_organisation) ?? options.OidcOrganisationClaim,
        OidcRoleClaim = parsed.GetValue(_roles) ?? options.OidcRoleClaim,
        OidcClientId = parsed.GetValue(_clientId),
        OidcClientSecretFile = parsed.GetValue(_clientSecret),
        OidcScope = parsed.GetValue(_scope) ?? options.OidcScope,
    };
}
