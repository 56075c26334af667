using IotAttest.Domain.Cose;

namespace IotAttest.Domain.Devices;

/// <summary>A device key that can check evidence.</summary>
public interface IDeviceKey
{
    /// <summary>Fixes the COSE object.</summary>
    DeviceKeyKind Kind { get; }

    /// <summary>True when the MAC or signature holds under this key.</summary>
    bool Verify(EvidenceEnvelope envelope);
}
