using System.Diagnostics.Metrics;
using IotAttest.Service.Devices;
using IotAttest.Service.Organisations;

namespace IotAttest.Service.Health;

/// <summary>How much this verifier holds.</summary>
internal sealed class DirectoryMetrics(DeviceDirectory devices, OrganisationDirectory organisations) : IMetricSource
{
    public void AddTo(Meter meter)
    {
        meter.CreateObservableUpDownCounter("iotattest.devices", () => devices.Count, "{board}", "Enrolled devices.");
        meter.CreateObservableUpDownCounter("iotattest.organisations", () => organisations.All.Count(), "{organisation}", "Registered organisations.");
    }
}
