using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;

namespace IotAttest.Conformance;

/// <summary>The key that enrolment holds of a board: an HMAC key, or the two coordinates of a public P-256 key, as they came.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Secret">The HMAC key; empty for P-256.</param>
/// <param name="X">First coordinate; empty for HMAC.</param>
/// <param name="Y">Second coordinate; empty for HMAC.</param>
public sealed record DeviceKeyMaterial(DeviceKeyKind Kind, ReadOnlyMemory<byte> Secret, ReadOnlyMemory<byte> X, ReadOnlyMemory<byte> Y)
{
    public static DeviceKeyMaterial OfSecret(ReadOnlyMemory<byte> secret) => new(DeviceKeyKind.Hmac, secret, default, default);

    public static DeviceKeyMaterial OfPoint(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => new(DeviceKeyKind.P256, default, x, y);

    /// <summary>The key as evidence is checked with it; null when it is no key of the profile: another length, no point of the curve.</summary>
    public IDeviceKey? ToKey()
    {
        if (Kind == DeviceKeyKind.Hmac)
        {
            return Secret.Length == HmacDeviceKey.SecretBytes ? new HmacDeviceKey(Secret.ToArray()) : null;
        }

        return EcdsaP256.TryFromCoordinates(X.Span, Y.Span) is { } key ? new P256DeviceKey(key) : null;
    }

    /// <summary>The key id that belongs to the key; null when it is no key of the profile.</summary>
    internal Kid? KidFor(ReadOnlySpan<byte> ueid)
    {
        if (Kind == DeviceKeyKind.Hmac)
        {
            return Kid.OfUeid(ueid);
        }

        using ECDsa? key = EcdsaP256.TryFromCoordinates(X.Span, Y.Span);
        return key is null ? null : Kid.OfKey(key);
    }

    internal bool IsSameAs(DeviceKeyMaterial other) => Kind == other.Kind
        && CryptographicOperations.FixedTimeEquals(Secret.Span, other.Secret.Span) && X.Span.SequenceEqual(other.X.Span) && Y.Span.SequenceEqual(other.Y.Span);
}
