using Microsoft.Extensions.Logging;

namespace IotAttest.Mqtt;

/// <summary>What all connections of the endpoint share.</summary>
internal sealed record MqttEndpointServices(
    IMqttDeviceHandler Handler, MqttSessionDirectory Sessions, MqttEndpointOptions Options, TimeProvider Time, ILogger Logger);
