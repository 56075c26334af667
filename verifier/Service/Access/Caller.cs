using System.Security.Claims;

namespace IotAttest.Service.Access;

/// <summary>Who sends a request, read from its principal.</summary>
internal sealed class Caller
{
    private const string OrganisationClaim = "organisation";
    private const string PersonClaim = "person";

    private readonly HashSet<string> _roles;

    private Caller(IEnumerable<string> roles, string? organisation, string person)
    {
        _roles = [.. roles];
        Organisation = organisation;
        Person = person;
    }

    /// <summary>The organisation; null for the operator.</summary>
    public string? Organisation { get; }

    /// <summary>The person of the organisation; empty for whoever holds the organisation's own token, and for the operator.</summary>
    public string Person { get; }

    public bool IsOperator => _roles.Contains(Roles.Operator);

    /// <summary>How history and logs name the caller.</summary>
    public string Name => Organisation ?? Roles.Operator;

    public static Caller Of(ClaimsPrincipal principal) =>
        new(principal.FindAll(ClaimTypes.Role).Select(claim => claim.Value), principal.FindFirstValue(OrganisationClaim), principal.FindFirstValue(PersonClaim) ?? "");

    public static ClaimsPrincipal ToPrincipal(AccessGrant grant, string scheme)
    {
        IEnumerable<string> roles = grant.Roles.Contains(Roles.Operator) ? Roles.All : grant.Roles;
        List<Claim> claims = [.. roles.Select(role => new Claim(ClaimTypes.Role, role))];
        if (grant.Organisation is { } organisation)
        {
            claims.Add(new Claim(OrganisationClaim, organisation));
            claims.Add(new Claim(PersonClaim, grant.Person));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>True for the operator, and for that organisation when it has the role.</summary>
    public bool ActsAs(string role, string? organisation) =>
        IsOperator || (organisation is not null && _roles.Contains(role) && Organisation == organisation);

    public bool Has(string role) => _roles.Contains(role);
}
