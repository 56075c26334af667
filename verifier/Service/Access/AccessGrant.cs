namespace IotAttest.Service.Access;

/// <summary>What a token allows.</summary>
/// <param name="Roles">Role words.</param>
/// <param name="Organisation">The organisation it acts for; null for the operator.</param>
internal sealed record AccessGrant(IReadOnlyList<string> Roles, string? Organisation);
