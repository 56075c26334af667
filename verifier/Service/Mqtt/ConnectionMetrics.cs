using System.Diagnostics.Metrics;
using IotAttest.Mqtt;
using IotAttest.Service.Health;

namespace IotAttest.Service.Mqtt;

/// <summary>How many boards are connected.</summary>
internal sealed class ConnectionMetrics(MqttSessionDirectory sessions) : IMetricSource
{
    public void AddTo(Meter meter) =>
        meter.CreateObservableUpDownCounter("iotattest.mqtt.connections", () => sessions.Count, "{connection}", "Boards connected over MQTT.");
}
