using System.Security.Cryptography;
using System.Text;
using IotAttest.Service.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IotAttest.Service.Access.CodeFlow;

/// <summary>What an ID token must be beside signed, in time and of the issuer (OpenID Connect Core 1.0 section 3.1.3.7).</summary>
internal static class IdTokenRules
{
    /// <summary>The media type of an ID token; those of access and logout tokens are others (RFC 8725 section 3.11).</summary>
    private const string Type = "JWT";

    /// <summary>Rules 3 and 4: made for this client, and for nobody whom it does not know.</summary>
    public static bool IsForClient(IEnumerable<string> audiences, VerifierOptions options)
    {
        string[] all = [.. audiences];
        return all.Contains(options.OidcClientId) && all.All(audience => audience == options.OidcClientId || audience == options.OidcAudience);
    }

    /// <exception cref="SecurityTokenInvalidTypeException">Another kind of token.</exception>
    public static string RequireType(string? type) => string.IsNullOrEmpty(type) || type.Equals(Type, StringComparison.OrdinalIgnoreCase)
        ? Type
        : throw new SecurityTokenInvalidTypeException("not the type of an ID token");

    /// <summary>Rules 5, 10 and 11: the authorized party, the time of issue, the nonce.</summary>
    /// <param name="jwt">Its signature holds.</param>
    /// <param name="options">Who we are.</param>
    /// <param name="nonce">The one of this sign-in; null when it was checked before.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? FaultOf(JsonWebToken jwt, VerifierOptions options, string? nonce)
    {
        if (jwt.TryGetPayloadValue("azp", out string party) && party != options.OidcClientId)
        {
            return "an ID token for another client";
        }

        if (!jwt.TryGetPayloadValue("iat", out long _))
        {
            return "an ID token that does not say when it was made";
        }

        return nonce is null || (jwt.TryGetPayloadValue("nonce", out string seen) && IsSame(nonce, seen)) ? null : "an ID token of another sign-in";
    }

    private static bool IsSame(string expected, string? seen) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(seen ?? ""));
}
