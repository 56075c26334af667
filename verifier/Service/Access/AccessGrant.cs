namespace IotAttest.Service.Access;

/// <summary>What a login allows.</summary>
/// <param name="Roles">Role words.</param>
/// <param name="Organisation">The organisation it acts for; null for the operator.</param>
/// <param name="Person">The person of the organisation who holds it; empty for the organisation's own token and the operator.</param>
internal sealed record AccessGrant(IReadOnlyList<string> Roles, string? Organisation, string Person = "")
{
    /// <summary>The name of the token that an organisation got when it was registered.</summary>
    public const string DefaultToken = "default";

    /// <summary>The name of the token; of a login by OIDC, <c>oidc:</c> and the subject.</summary>
    public string Token { get; init; } = DefaultToken;

    /// <summary>16 hex digits; empty for the operator and for a login by OIDC.</summary>
    public string TokenId { get; init; } = "";

    /// <summary>When the login ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
