using System.Net;

namespace IotAttest.Mqtt;

/// <summary>Who asks to be let in, by a CONNECT of MQTT 3.1.1.</summary>
/// <param name="ClientId">1 to 65,535 bytes of UTF-8, bounded by the packet size.</param>
/// <param name="UserName">Null when absent.</param>
/// <param name="Password">Binary; null when absent. Secret: not for logs.</param>
/// <param name="RemoteEndPoint">The peer's address, null when the transport has none.</param>
/// <param name="IsTls">True when the bytes came through TLS.</param>
public sealed record MqttConnectRequest(string ClientId, string? UserName, ReadOnlyMemory<byte>? Password, EndPoint? RemoteEndPoint, bool IsTls)
{
    /// <summary>The request without its password, which is not for logs.</summary>
    public override string ToString() => $"{ClientId} as {UserName ?? "(no user)"} from {RemoteEndPoint} {(IsTls ? "over TLS" : "in plain")}";
}
