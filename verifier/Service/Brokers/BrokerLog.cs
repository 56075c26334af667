using IotAttest.Mqtt;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Brokers;

internal static partial class BrokerLog
{
    [LoggerMessage(2021, LogLevel.Information, "Connected to the MQTT broker {Host}:{Port} as {ClientId}; it had kept the session: {SessionPresent}")]
    public static partial void BrokerConnected(this ILogger logger, string host, int port, string clientId, bool sessionPresent);

    [LoggerMessage(2022, LogLevel.Error, "No connection to the MQTT broker {Host}:{Port}: {Reason} Next attempt in {Wait}")]
    public static partial void BrokerNotReached(this ILogger logger, string host, int port, string reason, TimeSpan wait);

    [LoggerMessage(2023, LogLevel.Warning, "The connection to the MQTT broker {Host}:{Port} ended ({Reason}): {Detail}. Next attempt in {Wait}")]
    public static partial void BrokerLost(this ILogger logger, string host, int port, MqttCloseReason reason, string detail, TimeSpan wait);

    [LoggerMessage(2024, LogLevel.Warning, "A message from the broker was dropped ({Reason}, board {Ueid}); {Unsaid} more since the last time this was said")]
    public static partial void BrokerMessageDropped(this ILogger logger, BrokerDrop reason, string ueid, long unsaid);
}
