using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Domain.Cose;

namespace IotAttest.Domain.Results;

/// <summary>Signs claims as a JWT: compact JWS (RFC 7515 section 7.1) with ES256.</summary>
public static class CompactJws
{
    /// <summary>Three base64url parts joined by dots; the header names algorithm, key id and type.</summary>
    /// <param name="type">typ (RFC 8725 section 3.11), so that one kind of token is never taken for another.</param>
    /// <param name="claims">The claims.</param>
    /// <param name="key">A private key on P-256.</param>
    public static string Sign(string type, JsonObject claims, ECDsa key)
    {
        JsonObject header = new() { ["alg"] = "ES256", ["kid"] = Kid.OfKey(key).ToString(), ["typ"] = type };
        string signed = $"{Encode(header)}.{Encode(claims)}";
        byte[] signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
