using IotAttest.Service.Hosting;
using IotAttest.Service.Organisations;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace IotAttest.Service.Access;

/// <summary>Logs in with a JWT of the issuer that the operator named (RFC 7519, RFC 8725). Its claims name an organisation and roles; only roles that the organisation has count.</summary>
internal sealed class OidcLogin(VerifierOptions options, OidcIssuer issuer, OrganisationDirectory organisations, TimeProvider clock)
{
    /// <summary>How the name of such a login begins; no token and no person that the operator names can begin so.</summary>
    public const string Prefix = "oidc:";

    public const int MaxTokenLength = 8 * 1024;

    private const int MaxSubjectLength = 255;

    /// <summary>RFC 8725 section 3.1: an allow-list. Only signatures: with HS256, whoever knows the public key could sign.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength, MapInboundClaims = false };

    public bool IsOn => options.OidcAuthority is not null;

    /// <summary>True for the shape of a signed JWT: three parts (RFC 7515 section 7.1). A token of this verifier has no dot.</summary>
    public static bool IsJwt(string token) => token.Count(letter => letter == '.') == 2;

    /// <summary>Checks a JWT.</summary>
    /// <returns>What it allows, or null and what was wrong with it; never a detail of keys.</returns>
    public async Task<(AccessGrant? Grant, string Fault)> LogInAsync(string token, CancellationToken cancellation)
    {
        if (token.Length > MaxTokenLength)
        {
            return (null, $"a JWT of more than {MaxTokenLength} characters");
        }

        if (await issuer.ReadAsync(null, cancellation) is not { } configuration)
        {
            return (null, "a JWT, while its issuer cannot be asked for its keys");
        }

        TokenValidationResult result = await ValidateAsync(token, configuration);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await issuer.ReadAsync(configuration, cancellation) is { } later && later != configuration)
        {
            result = await ValidateAsync(token, later);
        }

        return result is { IsValid: true, SecurityToken: JsonWebToken jwt } ? GrantOf(jwt) : (null, FaultOf(result.Exception));
    }

    private Task<TokenValidationResult> ValidateAsync(string token, OpenIdConnectConfiguration configuration) => _handler.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidIssuer = configuration.Issuer,
        ValidAudience = options.OidcAudience,
        IssuerSigningKeys = configuration.SigningKeys,
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = Algorithms,
        LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires),
    });

    /// <summary>By this verifier's clock; a token without an end is never in time.</summary>
    private bool IsInTime(DateTime? notBefore, DateTime? expires)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + ClockSkew && !(notBefore > now + ClockSkew);
    }

    private (AccessGrant? Grant, string Fault) GrantOf(JsonWebToken jwt)
    {
        string[] names = Values(jwt, options.OidcOrganisationClaim);
        if (names.Length != 1 || !organisations.TryFind(names[0], out Organisation? organisation))
        {
            return (null, "a JWT that names no registered organisation");
        }

        if (jwt.Subject is not { Length: > 0 and <= MaxSubjectLength } || !jwt.Subject.All(letter => letter is > ' ' and <= '~'))
        {
            return (null, "a JWT without a subject that can be put on record");
        }

        string[] roles = [.. organisation.Roles.Intersect(Values(jwt, options.OidcRoleClaim).SelectMany(value => value.Split(' ')))];
        return (new AccessGrant(roles, organisation.Name, Prefix + jwt.Subject) { Token = Prefix + jwt.Subject, ExpiresAt = jwt.ValidTo }, "");
    }

    private static string[] Values(JsonWebToken jwt, string claim) => [.. jwt.Claims.Where(each => each.Type == claim).Select(each => each.Value)];

    private static string FaultOf(Exception? cause) => cause switch
    {
        SecurityTokenInvalidLifetimeException => "a JWT whose time is over or has not come",
        SecurityTokenInvalidIssuerException => "a JWT of another issuer",
        SecurityTokenInvalidAudienceException => "a JWT for another audience",
        _ => "a JWT that does not verify",
    };
}
