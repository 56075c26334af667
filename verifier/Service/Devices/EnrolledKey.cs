using System.Buffers.Text;
using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Devices;

/// <summary>The attestation key of a board as enrolment gives it.</summary>
/// <param name="Kind">HMAC or P-256.</param>
/// <param name="Material">The HMAC secret (32 bytes) or DER SubjectPublicKeyInfo.</param>
/// <param name="Kid">The key id that evidence will carry.</param>
internal sealed record EnrolledKey(DeviceKeyKind Kind, byte[] Material, Kid Kid)
{
    private const int MaxTextLength = 64;

    /// <summary>Reads a JWK (RFC 7517, RFC 7518 section 6): kty oct with k, or kty EC with crv P-256, x and y. A private key is refused.</summary>
    public static EnrolledKey Parse(RequestFields record, byte[] ueid)
    {
        RequestFields jwk = record.Object("key", "kty", "k", "crv", "x", "y");
        return jwk.Text("kty", MaxTextLength) switch
        {
            "oct" => Hmac(jwk, ueid),
            "EC" => P256(jwk),
            // Not what stands there: whoever mixes members up has the key in this one.
            _ => throw jwk.Wrong("kty", "another word", "\"oct\" (HMAC) or \"EC\" (P-256)"),
        };
    }

    private static EnrolledKey Hmac(RequestFields jwk, byte[] ueid)
    {
        RequireAbsent(jwk, "oct", "crv", "x", "y");
        byte[] secret = Decode(jwk, "k", HmacDeviceKey.SecretBytes);

        // Erased flash and an array nobody filled are no keys.
        if (secret.AsSpan().IndexOfAnyExcept(secret[0]) < 0)
        {
            throw jwk.Wrong("k", "the same byte again and again", "32 random bytes");
        }

        return WellKnownKeys.NameOfSecret(secret, ueid) is { } name
            ? throw jwk.Wrong("k", $"a key that everybody knows: {name}", "32 random bytes")
            : new EnrolledKey(DeviceKeyKind.Hmac, secret, Kid.OfUeid(ueid));
    }

    private static EnrolledKey P256(RequestFields jwk)
    {
        RequireAbsent(jwk, "EC", "k");
        string curve = jwk.Text("crv", MaxTextLength);
        if (curve != "P-256")
        {
            throw jwk.Wrong("crv", "another word", "\"P-256\"");
        }

        using ECDsa? key = EcdsaP256.TryFromCoordinates(Decode(jwk, "x", EcdsaP256.CoordinateBytes), Decode(jwk, "y", EcdsaP256.CoordinateBytes));
        if (key is null)
        {
            throw jwk.Wrong("x", "with y no point on the curve", "the public point of a P-256 key");
        }

        byte[] spki = key.ExportSubjectPublicKeyInfo();
        return WellKnownKeys.NameOfPublic(spki) is { } name
            ? throw jwk.Wrong("x", $"the point of a private key that everybody knows: {name}", "the public point of a key that was drawn at random")
            : new EnrolledKey(DeviceKeyKind.P256, spki, Kid.OfKey(key));
    }

    private static byte[] Decode(RequestFields jwk, string name, int length)
    {
        string text = jwk.Text(name, MaxTextLength);
        Span<byte> bytes = stackalloc byte[MaxTextLength];
        return Base64Url.IsValid(text, out int decoded) && decoded == length && Base64Url.TryDecodeFromChars(text, bytes, out int written)
            ? bytes[..written].ToArray()
            : throw jwk.Wrong(name, $"{text.Length} characters that are not {length} bytes", $"{length} bytes in base64url without padding");
    }

    private static void RequireAbsent(RequestFields jwk, string kind, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (jwk.Element(name) is not null)
            {
                throw jwk.Wrong(name, $"given with \"kty\":\"{kind}\"", "a key of one kind");
            }
        }
    }
}
