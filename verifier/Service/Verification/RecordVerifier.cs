using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Json;
using IotAttest.Service.Results;

namespace IotAttest.Service.Verification;

/// <summary>Checks a signed record of a certificate (JWT) of this registry: a statement about one moment, which the page sets beside today's.</summary>
internal sealed class RecordVerifier(VerifierKey key, TimeProvider clock)
{
    private const int MaxBytes = 64 * 1024;

    /// <returns>Null when it is no such record.</returns>
    public CheckedFile? TryInspect(ReadOnlySpan<byte> file, Sha256Digest digest)
    {
        if (file.Length is 0 or > MaxBytes || !Ascii.IsValid(file))
        {
            return null;
        }

        string[] parts = Encoding.ASCII.GetString(file).Trim().Split('.');
        if (parts.Length != 3 || Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } claims || Decode(parts[2]) is not { } signature || TextOf(header, "typ") != CertificateJwt.Type)
        {
            return null;
        }

        bool holds = signature.Length == 64 && key.Signer.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        string? id = TextOf(claims, "sub");
        return new CheckedFile("record", digest.ToString(), [new("recordsignature", holds, id ?? ""), .. Expiry(claims)]) { Certificate = holds ? id : null };
    }

    private IEnumerable<FileCheck> Expiry(byte[] claims)
    {
        if (NumberOf(claims, "exp") is { } end)
        {
            yield return new FileCheck("recordfresh", clock.GetUtcNow().ToUnixTimeSeconds() <= end, "");
        }
    }

    private static byte[]? Decode(string part)
    {
        if (!Base64Url.IsValid(part))
        {
            return null;
        }

        return Base64Url.DecodeFromChars(part);
    }

    private static string? TextOf(byte[] json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? NumberOf(byte[] json, string name) => Member(json, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : null;

    private static JsonElement? Member(byte[] json, string name)
    {
        try
        {
            using JsonDocument document = StrictJson.Parse(json, maxDepth: 16);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out JsonElement member) ? member.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
