using IotAttest.Domain.Appraisal;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Appraisals;
using IotAttest.Service.Reference;

namespace IotAttest.Service.Devices;

/// <summary>Computes the verdict about a device as of now: from facts, builds, certificates and the clock, so that it can never be out of date.</summary>
internal sealed class VerdictSource(ReferenceDirectory references, PolicyDirectory policies, TimeProvider clock)
{
    public AppraisalPolicy Policy => policies.Current;

    public ManufacturerReference ReferenceOf(DeviceEntry device) => references.Of(device.Identity.Manufacturer);

    public Verdict Of(DeviceEntry device) => Of(device, device.State);

    public Verdict Of(DeviceEntry device, DeviceState state) => Of(device, state, clock.GetUtcNow());

    public Verdict Of(DeviceEntry device, DeviceState state, DateTimeOffset now) =>
        Appraiser.Appraise(device.Identity, state.Facts, ReferenceOf(device), Policy, KeptTime.Cut(now));
}
