using System.Net;
using Microsoft.Extensions.Logging;

namespace IotAttest.Mqtt;

/// <summary>6000s: the MQTT device endpoint.</summary>
internal static partial class MqttEndpointLog
{
    [LoggerMessage(6001, LogLevel.Debug, "MQTT session {ClientId} opened from {Remote}")]
    public static partial void SessionOpened(this ILogger logger, string clientId, EndPoint? remote);

    [LoggerMessage(6002, LogLevel.Debug, "MQTT connection of {ClientId} from {Remote} ended: {Reason} ({Detail})")]
    public static partial void ConnectionEnded(this ILogger logger, string? clientId, EndPoint? remote, MqttCloseReason reason, string? detail);

    [LoggerMessage(6003, LogLevel.Information, "MQTT client {ClientId} from {Remote} refused: {ReturnCode}")]
    public static partial void ConnectRefused(this ILogger logger, string clientId, EndPoint? remote, MqttConnectReturnCode returnCode);

    [LoggerMessage(6004, LogLevel.Error, "The handler of MQTT messages failed for {ClientId}; the connection is closed, the message not acknowledged")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception, string? clientId);

    [LoggerMessage(6005, LogLevel.Warning, "MQTT connection from {Remote} closed: {Count} connections are open; raise Mqtt:MaxConnections if these are your boards")]
    public static partial void TooManyConnections(this ILogger logger, EndPoint? remote, int count);
}
