using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace IotAttest.Service.Access.CodeFlow;

/// <summary>Proof Key for Code Exchange (RFC 7636): who redeems a code is who asked for it.</summary>
internal static class Pkce
{
    /// <summary>The only method used; "plain" would show the verifier to whoever sees the address.</summary>
    public const string Method = "S256";

    /// <summary>RFC 7636 section 4.2: BASE64URL(SHA256(ASCII(verifier))).</summary>
    public static string ChallengeOf(string verifier) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
