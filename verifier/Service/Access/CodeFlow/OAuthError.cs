using System.Collections.Frozen;

namespace IotAttest.Service.Access.CodeFlow;

/// <summary>Error codes that issuers answer with. Others are not repeated, neither on pages nor in logs: anybody can write one into an address.</summary>
internal static class OAuthError
{
    /// <summary>The person said no, or may not.</summary>
    public const string AccessDenied = "access_denied";

    // RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core 1.0 section 3.1.2.6.
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        AccessDenied,
        "invalid_request",
        "unauthorized_client",
        "unsupported_response_type",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
        "invalid_client",
        "invalid_grant",
        "unsupported_grant_type",
        "interaction_required",
        "login_required",
        "account_selection_required",
        "consent_required");

    public static string InWords(string? error) => error is not null && Known.Contains(error) ? $"the error {error}" : "an error that has no name here";
}
