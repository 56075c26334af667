using System.Security.Cryptography;
using IotAttest.Domain.Cose;

namespace IotAttest.Domain.Devices;

/// <summary>A P-256 public key.</summary>
public sealed class P256DeviceKey : IDeviceKey, IDisposable
{
    private readonly ECDsa _key;

    /// <summary>Takes a key over.</summary>
    /// <param name="key">A key on P-256; owned by this object.</param>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    public P256DeviceKey(ECDsa key)
        : this(key, EcdsaP256.IsOnCurve(key))
    {
    }

    private P256DeviceKey(ECDsa key, bool isOnCurve)
    {
        _key = isOnCurve ? key : throw new ArgumentException("The key is not on P-256; give one that is.", nameof(key));
    }

    /// <inheritdoc/>
    public DeviceKeyKind Kind => DeviceKeyKind.P256;

    /// <summary>Reads a key.</summary>
    /// <param name="spki">DER SubjectPublicKeyInfo (RFC 5480).</param>
    /// <returns>The key, or null when the bytes are not exactly one such structure with a point on P-256.</returns>
    public static P256DeviceKey? TryFromSpki(ReadOnlySpan<byte> spki) => EcdsaP256.TryImport(spki) is { } key ? new P256DeviceKey(key, isOnCurve: true) : null;

    /// <inheritdoc/>
    public bool Verify(EvidenceEnvelope envelope) => envelope.VerifyOnCurve(_key);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
