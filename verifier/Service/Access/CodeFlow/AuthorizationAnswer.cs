using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IotAttest.Service.Access.CodeFlow;

/// <summary>What a browser brings back from the issuer (RFC 6749 sections 4.1.2 and 4.1.2.1, RFC 9207 section 2). Anybody can write such an address.</summary>
/// <param name="State">Names the sign-in.</param>
/// <param name="Code">To be redeemed, once; null with an error.</param>
/// <param name="Issuer">Who answers; null where the issuer does not say.</param>
/// <param name="Error">Why there is no code.</param>
internal sealed record AuthorizationAnswer(string State, string? Code, string? Issuer, string? Error)
{
    private const int MaxLength = 2048;

    /// <summary>Reads the address.</summary>
    /// <returns>Null without a state, and when something stands there twice (RFC 6749 section 3.1) or is too long.</returns>
    public static AuthorizationAnswer? Read(IQueryCollection query)
    {
        bool isReadable = TryText(query, "code", out string? code) & TryText(query, "state", out string? state) & TryText(query, "iss", out string? issuer) & TryText(query, "error", out string? error);
        return isReadable && state is not null ? new AuthorizationAnswer(state, code, issuer, error) : null;
    }

    private static bool TryText(IQueryCollection query, string name, out string? text)
    {
        StringValues values = query[name];
        text = values.Count == 1 && values[0] is { Length: > 0 } value ? value : null;
        return values.Count <= 1 && (text?.Length ?? 0) <= MaxLength;
    }
}
