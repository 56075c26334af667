using System.Security.Cryptography;
using IotAttest.Domain.Cose;

namespace IotAttest.Domain.Devices;

/// <summary>A P-256 public key.</summary>
/// <param name="key">A key on P-256; owned by this object.</param>
public sealed class P256DeviceKey(ECDsa key) : IDeviceKey, IDisposable
{
    /// <inheritdoc/>
    public DeviceKeyKind Kind => DeviceKeyKind.P256;

    /// <inheritdoc/>
    public bool Verify(EvidenceEnvelope envelope) => envelope.Verify(key);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
