using IotAttest.Service.Access.CodeFlow;
using IotAttest.Service.Hosting;
using IotAttest.Service.Organisations;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace IotAttest.Service.Access;

/// <summary>Logs in with a JWT of the issuer that the operator named (RFC 7519, RFC 8725): one made for the API, or the ID token of a sign-in. Its claims name an organisation and roles; only roles that the organisation has count.</summary>
internal sealed class OidcLogin(VerifierOptions options, OidcIssuer issuer, OrganisationDirectory organisations, TimeProvider clock)
{
    /// <summary>How the name of such a login begins; no token and no person that the operator names can begin so.</summary>
    public const string Prefix = "oidc:";

    /// <summary>What is wrong with a JWT of somebody who belongs to none of ours.</summary>
    public const string NoOrganisation = "a JWT that names no registered organisation";

    public const int MaxTokenLength = 8 * 1024;

    private const int MaxSubjectLength = 255;

    /// <summary>RFC 8725 section 3.1: an allow-list. Only signatures: with HS256, whoever knows the public key could sign.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength, MapInboundClaims = false };

    /// <summary>Whether JWTs of the issuer are taken as bearer tokens.</summary>
    public bool IsOn => options is { OidcAuthority: not null, OidcAudience: not null };

    /// <summary>True for the shape of a signed JWT: three parts (RFC 7515 section 7.1). A token of this verifier has no dot.</summary>
    public static bool IsJwt(string token) => token.Count(letter => letter == '.') == 2;

    /// <summary>Checks a JWT that was made for the API.</summary>
    /// <returns>What it allows, or null and what was wrong with it; never a detail of keys.</returns>
    public async Task<(AccessGrant? Grant, string Fault)> LogInAsync(string token, CancellationToken cancellation)
    {
        (JsonWebToken? jwt, string fault) = await CheckAsync(token, BearerParameters, cancellation);
        return jwt is null ? (null, fault) : GrantOf(jwt);
    }

    /// <summary>Checks the ID token of a sign-in: by the same keys and algorithms, for the client instead of the API.</summary>
    /// <param name="token">As the issuer gave it out.</param>
    /// <param name="nonce">The one of the sign-in; null later, while the session lasts.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What it allows, or null and what was wrong with it.</returns>
    public async Task<(AccessGrant? Grant, string Fault)> LogInByIdTokenAsync(string token, string? nonce, CancellationToken cancellation)
    {
        (JsonWebToken? jwt, string? fault) = await CheckAsync(token, IdTokenParameters, cancellation);
        fault = jwt is null ? fault : IdTokenRules.FaultOf(jwt, options, nonce);
        return fault is null ? GrantOf(jwt!) : (null, fault);
    }

    private async Task<(JsonWebToken? Jwt, string Fault)> CheckAsync(string token, Func<OpenIdConnectConfiguration, TokenValidationParameters> rules, CancellationToken cancellation)
    {
        if (token.Length > MaxTokenLength)
        {
            return (null, $"a JWT of more than {MaxTokenLength} characters");
        }

        if (await issuer.ReadAsync(null, cancellation) is not { } configuration)
        {
            return (null, "a JWT, while its issuer cannot be asked for its keys");
        }

        TokenValidationResult result = await _handler.ValidateTokenAsync(token, rules(configuration));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await issuer.ReadAsync(configuration, cancellation) is { } later && later != configuration)
        {
            result = await _handler.ValidateTokenAsync(token, rules(later));
        }

        return result is { IsValid: true, SecurityToken: JsonWebToken jwt } ? (jwt, "") : (null, FaultOf(result.Exception));
    }

    private TokenValidationParameters BearerParameters(OpenIdConnectConfiguration configuration) => new()
    {
        ValidIssuer = configuration.Issuer,
        ValidAudience = options.OidcAudience,
        IssuerSigningKeys = configuration.SigningKeys,
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = Algorithms,
        LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires, ClockSkew),
    };

    // No time beyond its end: the session rests on it and ends with it.
    private TokenValidationParameters IdTokenParameters(OpenIdConnectConfiguration configuration) => new()
    {
        ValidIssuer = configuration.Issuer,
        AudienceValidator = (audiences, _, _) => IdTokenRules.IsForClient(audiences, options) ? true : throw new SecurityTokenInvalidAudienceException("not for this client"),
        TypeValidator = (type, _, _) => IdTokenRules.RequireType(type),
        IssuerSigningKeys = configuration.SigningKeys,
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = Algorithms,
        LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires, TimeSpan.Zero),
    };

    /// <summary>By this verifier's clock; a token without an end is never in time.</summary>
    private bool IsInTime(DateTime? notBefore, DateTime? expires, TimeSpan grace)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + grace && !(notBefore > now + ClockSkew);
    }

    private (AccessGrant? Grant, string Fault) GrantOf(JsonWebToken jwt)
    {
        string[] names = Values(jwt, options.OidcOrganisationClaim);
        if (names.Length != 1 || !organisations.TryFind(names[0], out Organisation? organisation))
        {
            return (null, NoOrganisation);
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
        SecurityTokenInvalidTypeException => "a JWT of another kind",
        _ => "a JWT that does not verify",
    };
}
