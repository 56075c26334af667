using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;

namespace IotAttest.Conformance;

/// <summary>Stands for an enrolled key that is none: under it nothing verifies.</summary>
internal sealed class UnusableKey(DeviceKeyKind kind) : IDeviceKey
{
    public DeviceKeyKind Kind => kind;

    public bool Verify(EvidenceEnvelope envelope) => false;
}
