using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;

namespace IotAttest.Conformance;

/// <summary>Checks of the key itself. No key and no part of one gets into a finding.</summary>
internal static class KeyChecks
{
    public static Finding Algorithm(CheckContext context, IReadOnlyList<EvidenceSample> samples) => FormatChecks.Each(
        samples,
        sample => sample.Message is { } message && IsAllowed(message) && (context.Subject.Device is not { } device || message.IsMac == (device.KeyKind == DeviceKeyKind.Hmac)),
        sample => sample.Message is { } message ? $"{KindOf(message)} with algorithm {(int)message.Headers.Algorithm}" : "no COSE message",
        samples[0].Message is { } first ? $"{KindOf(first)} with algorithm {(int)first.Headers.Algorithm}" : "",
        "COSE_Mac0 with 5 (HMAC 256/256) or COSE_Sign1 with -7 (ES256) or -9 (ESP256), as enrolled");

    public static Finding Form(CheckContext context)
    {
        string expected = context.Key.Kind == DeviceKeyKind.Hmac ? $"a key of {HmacDeviceKey.SecretBytes} bytes" : "two coordinates of 32 bytes that name a point of P-256";
        IDeviceKey? key = context.Key.ToKey();
        (key as IDisposable)?.Dispose();
        string seen = context.Key.Kind == DeviceKeyKind.Hmac ? $"a key of {context.Key.Secret.Length} bytes" : key is null ? "no point of P-256" : "a point of P-256";
        return Finding.Of(key is not null, seen, expected);
    }

    public static Finding Id(CheckContext context, IReadOnlyList<EvidenceSample> samples)
    {
        string? expected = context.Key.KidFor(context.DeviceUeid)?.ToString();
        return FormatChecks.Each(
            samples,
            sample => expected is not null && sample.Message is { } message && Convert.ToHexStringLower(message.Headers.Kid.Span) == expected,
            sample => $"key id {(sample.Message is { } message ? Convert.ToHexStringLower(message.Headers.Kid.Span) : "that cannot be read")}",
            $"key id {expected}",
            $"key id {expected ?? "of a usable key"}");
    }

    public static Finding Authentic(CheckContext context, IReadOnlyList<EvidenceSample> samples)
    {
        IDeviceKey key = context.Key.ToKey() ?? new UnusableKey(context.Key.Kind);
        using IDisposable? owned = key as IDisposable;
        return FormatChecks.Each(samples, sample => sample.Envelope is { } envelope && key.Verify(envelope), _ => "a MAC or signature that does not hold", $"{samples.Count} pieces of evidence that hold", "a MAC or signature of the enrolled key");
    }

    public static Finding WellKnown(CheckContext context, IReadOnlyList<EvidenceSample> samples)
    {
        const string Expected = "a key that was drawn at random for this board";
        byte[]? ueid = samples.Select(sample => sample.Claims).FirstOrDefault(claims => claims is not null)?.Ueid.ToArray();
        CoseMessage[] messages = [.. samples.Select(sample => sample.Message).OfType<CoseMessage>()];
        string? found = WellKnownKeys.FindSecret(ueid, secret => messages.Any(message => message.VerifyMac(secret)) || IsEnrolled(context, secret))
            ?? WellKnownKeys.FindPrivate(key => messages.Any(message => message.Verify(key)));
        return Finding.Of(found is null, found is null ? $"none of {WellKnownKeys.Count} well-known keys fits" : $"the key is {found}", Expected);
    }

    public static Finding Shared(CheckContext context, IReadOnlyList<EvidenceSample> samples)
    {
        const string Expected = "a key that no other board has";
        if (context.Subject.OtherKeys.Count == 0)
        {
            return Finding.NotApplicable("no keys of other boards were given", Expected);
        }

        bool isShared = context.Subject.OtherKeys.Any(other => other.IsSameAs(context.Key) || samples.Any(sample => Verifies(other, sample)));
        return Finding.Of(!isShared, isShared ? "the key of another board" : $"a key of its own among {context.Subject.OtherKeys.Count + 1} boards", Expected);
    }

    public static Finding Credential(CheckContext context)
    {
        const string Expected = "an attestation key that has nothing to do with the credential of the transport";
        if (context.Subject.Credential is not { } credential || context.Key.Kind != DeviceKeyKind.Hmac)
        {
            return Finding.NotApplicable(context.Key.Kind == DeviceKeyKind.Hmac ? "the credential was not given" : "a P-256 key, which no credential is", Expected);
        }

        byte[] text = Encoding.UTF8.GetBytes(credential);
        byte[] raw = Base64Url.IsValid(credential) ? Base64Url.DecodeFromChars(credential) : [];
        byte[][] derived = [raw, SHA256.HashData(raw), SHA256.HashData(text)];
        bool isSame = derived.Any(candidate => CryptographicOperations.FixedTimeEquals(candidate, context.Key.Secret.Span));
        return Finding.Of(!isSame, isSame ? "a key that is the credential, or its hash" : "a key of its own", Expected);
    }

    private static bool IsAllowed(CoseMessage message) => message.IsMac
        ? message.Headers.Algorithm == CoseAlgorithm.HmacSha256
        : message.Headers.Algorithm is CoseAlgorithm.Es256 or CoseAlgorithm.Esp256;

    private static string KindOf(CoseMessage message) => message.IsMac ? "COSE_Mac0" : "COSE_Sign1";

    private static bool IsEnrolled(CheckContext context, byte[] secret) =>
        context.Subject.Key is { Kind: DeviceKeyKind.Hmac } key && CryptographicOperations.FixedTimeEquals(key.Secret.Span, secret);

    private static bool Verifies(DeviceKeyMaterial other, EvidenceSample sample)
    {
        IDeviceKey? key = other.ToKey();
        using IDisposable? owned = key as IDisposable;
        return key is not null && sample.Envelope is { } envelope && key.Verify(envelope);
    }
}
