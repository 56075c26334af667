using System.Security.Claims;

namespace IotAttest.Service.Access;

/// <summary>Who sends a request, read from its principal.</summary>
internal sealed class Caller
{
    private const string OrganisationClaim = "organisation";

    private readonly HashSet<string> _roles;

    private Caller(IEnumerable<string> roles, string? organisation)
    {
        _roles = [.. roles];
        Organisation = organisation;
    }

    /// <summary>The organisation; null for the operator.</summary>
    public string? Organisation { get; }

    public bool IsOperator => _roles.Contains(Roles.Operator);

    /// <summary>How history and logs name the caller.</summary>
    public string Name => Organisation ?? Roles.Operator;

    public static Caller Of(ClaimsPrincipal principal) =>
        new(principal.FindAll(ClaimTypes.Role).Select(claim => claim.Value), principal.FindFirstValue(OrganisationClaim));

    public static ClaimsPrincipal ToPrincipal(AccessGrant grant, string scheme)
    {
        IEnumerable<string> roles = grant.Roles.Contains(Roles.Operator) ? Roles.All : grant.Roles;
        List<Claim> claims = [.. roles.Select(role => new Claim(ClaimTypes.Role, role))];
        if (grant.Organisation is { } organisation)
        {
            claims.Add(new Claim(OrganisationClaim, organisation));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>True for the operator, and for that organisation when it has the role.</summary>
    public bool ActsAs(string role, string? organisation) =>
        IsOperator || (organisation is not null && _roles.Contains(role) && Organisation == organisation);

    public bool Has(string role) => _roles.Contains(role);
}
