using System.CommandLine;
using IotAttest.Cli.Options;
using IotAttest.Service.Hosting;

namespace IotAttest.Cli.Commands.Serve;

/// <summary><c>--oidc-...</c>: whose JWTs the verifier takes beside its own tokens.</summary>
internal sealed class OidcOptions
{
    private readonly Option<Uri?> _authority = UrlOption.Create("--oidc-authority", "The OIDC issuer whose JWTs are taken as a login, exactly as it names itself.");

    private readonly Option<string?> _audience = new("--oidc-audience") { Description = "What a JWT must name as its audience; needed with --oidc-authority.", HelpName = "NAME" };
    private readonly Option<string?> _organisation = new("--oidc-organisation-claim") { Description = "The claim that names the organisation; 'organisation' when left out.", HelpName = "CLAIM" };
    private readonly Option<string?> _roles = new("--oidc-role-claim") { Description = "The claim with the roles; 'roles' when left out. Only roles that the organisation has count.", HelpName = "CLAIM" };

    public void AddTo(Command command)
    {
        command.Options.Add(_authority);
        command.Options.Add(_audience);
        command.Options.Add(_organisation);
        command.Options.Add(_roles);
    }

    public VerifierOptions Apply(ParseResult parsed, VerifierOptions options) => options with
    {
        OidcAuthority = parsed.GetValue(_authority),
        OidcAudience = parsed.GetValue(_audience),
        OidcOrganisationClaim = parsed.GetValue(_organisation) ?? options.OidcOrganisationClaim,
        OidcRoleClaim = parsed.GetValue(_roles) ?? options.OidcRoleClaim,
    };
}
