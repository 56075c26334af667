using System.Net;

namespace IotAttest.Mqtt;

/// <summary>An address where boards connect: how <see cref="MqttTransport"/> tells its listeners from those of HTTP.</summary>
internal sealed class MqttListenAddress(IPEndPoint address) : IPEndPoint(address.Address, address.Port);
