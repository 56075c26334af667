namespace IotAttest.Service.Access;

/// <summary>What a token allows.</summary>
/// <param name="Roles">Role words.</param>
/// <param name="Organisation">The organisation it acts for; null for the operator.</param>
/// <param name="Person">The person of the organisation who holds it; empty for the organisation's own token and the operator.</param>
internal sealed record AccessGrant(IReadOnlyList<string> Roles, string? Organisation, string Person = "");
