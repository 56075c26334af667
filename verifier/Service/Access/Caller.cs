using System.Globalization;
using System.Security.Claims;

namespace IotAttest.Service.Access;

/// <summary>Who sends a request, read from its principal.</summary>
internal sealed class Caller
{
    private const string OrganisationClaim = "organisation";
    private const string PersonClaim = "person";
    private const string TokenClaim = "token";
    private const string TokenIdClaim = "token-id";
    private const string EndClaim = "end";

    private readonly HashSet<string> _roles;
    private readonly ClaimsPrincipal _principal;

    private Caller(ClaimsPrincipal principal)
    {
        _principal = principal;
        _roles = [.. principal.FindAll(ClaimTypes.Role).Select(claim => claim.Value)];
        Organisation = principal.FindFirstValue(OrganisationClaim);
    }

    /// <summary>The organisation; null for the operator.</summary>
    public string? Organisation { get; }

    /// <summary>The person of the organisation; empty for whoever holds the organisation's own token, and for the operator.</summary>
    public string Person => Text(PersonClaim);

    /// <summary>The name of the token, or <c>oidc:</c> and the subject.</summary>
    public string Token => Text(TokenClaim);

    /// <summary>Empty for the operator and for a login by OIDC.</summary>
    public string TokenId => Text(TokenIdClaim);

    /// <summary>When the login ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt => _principal.FindFirstValue(EndClaim) is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(end, CultureInfo.InvariantCulture)) : null;

    public bool IsOperator => _roles.Contains(Roles.Operator);

    /// <summary>How history, the audit log and refusals name the caller: the organisation, and its token unless that is the one of its registration.</summary>
    public string Name => Organisation is null || Token == AccessGrant.DefaultToken ? PublicName : $"{Organisation}/{Token}";

    /// <summary>How the public registry names the caller: names of tokens and persons are nobody else's business.</summary>
    public string PublicName => Organisation ?? Roles.Operator;

    public static Caller Of(ClaimsPrincipal principal) => new(principal);

    public static ClaimsPrincipal ToPrincipal(AccessGrant grant, string scheme)
    {
        IEnumerable<string> roles = grant.Roles.Contains(Roles.Operator) ? Roles.All : grant.Roles;
        List<Claim> claims = [.. roles.Select(role => new Claim(ClaimTypes.Role, role)), new(TokenClaim, grant.Token), new(TokenIdClaim, grant.TokenId)];
        if (grant.Organisation is { } organisation)
        {
            claims.Add(new Claim(OrganisationClaim, organisation));
            claims.Add(new Claim(PersonClaim, grant.Person));
        }

        if (grant.ExpiresAt is { } end)
        {
            claims.Add(new Claim(EndClaim, end.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>True for the operator, and for that organisation when it has the role.</summary>
    public bool ActsAs(string role, string? organisation) =>
        IsOperator || (organisation is not null && _roles.Contains(role) && Organisation == organisation);

    public bool Has(string role) => _roles.Contains(role);

    private string Text(string claim) => _principal.FindFirstValue(claim) ?? "";
}
