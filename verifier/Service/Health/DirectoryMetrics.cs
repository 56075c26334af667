using IotAttest.Service.Devices;
using IotAttest.Service.Organisations;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Health;

/// <summary>How much this verifier holds, and whether its store works.</summary>
internal sealed class DirectoryMetrics(DeviceDirectory devices, OrganisationDirectory organisations, StoreWriter writer) : IMetricSource
{
    public void Write(MetricsText text)
    {
        text.Gauge("iotattest_devices", "Enrolled devices.", devices.Count);
        text.Gauge("iotattest_organisations", "Registered organisations.", organisations.All.Count());
        text.Gauge("iotattest_store_healthy", "1 when the last change of the store succeeded.", writer.IsHealthy ? 1 : 0);
    }
}
