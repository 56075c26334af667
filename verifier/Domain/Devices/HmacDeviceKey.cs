using IotAttest.Domain.Cose;

namespace IotAttest.Domain.Devices;

/// <summary>A 32-byte HMAC key.</summary>
/// <param name="secret">32 bytes; kept, not copied.</param>
public sealed class HmacDeviceKey(byte[] secret) : IDeviceKey
{
    /// <summary>Length in bytes.</summary>
    public const int SecretBytes = 32;

    /// <inheritdoc/>
    public DeviceKeyKind Kind => DeviceKeyKind.Hmac;

    /// <inheritdoc/>
    public bool Verify(EvidenceEnvelope envelope) => envelope.VerifyMac(secret);
}
