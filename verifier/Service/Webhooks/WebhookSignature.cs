using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IotAttest.Service.Webhooks;

/// <summary>Signs deliveries as Standard Webhooks 1.0 says: HMAC-SHA256 over <c>id.timestamp.body</c>, base64, after <c>v1,</c>.</summary>
internal static class WebhookSignature
{
    public const int SecretBytes = 32;

    private const string Prefix = "whsec_";

    /// <summary>The secret as receivers' libraries take it.</summary>
    public static string Text(byte[] secret) => Prefix + Convert.ToBase64String(secret);

    public static string Sign(byte[] secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] signed = [.. head, .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}";
    }
}
