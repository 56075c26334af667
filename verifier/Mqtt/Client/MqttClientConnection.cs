using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace IotAttest.Mqtt;

/// <summary>One connection of an MQTT 3.1.1 client, from CONNECT to its end. It never reconnects: what to send again is the caller's to decide.</summary>
/// <remarks>With a persistent session the server repeats what was not acknowledged; the caller repeats its own failed publishes instead of
/// this class [MQTT-4.4.0-1], as it alone knows what is still worth sending. QoS 2 towards this client is exactly once within a connection.</remarks>
public sealed class MqttClientConnection : IAsyncDisposable
{
    private const int MaxPayloadBytes = 268_000_000;

    private readonly MqttClientOptions _options;
    private readonly MqttClientProtocol _protocol;

    private MqttClientConnection(MqttClientOptions options, Stream stream)
    {
        _options = options;
        _protocol = new MqttClientProtocol(options, stream);
    }

    /// <summary>True when the server continued a session it had kept (section 3.2.2.2).</summary>
    public bool SessionPresent => _protocol.SessionPresent;

    /// <summary>Completes when the connection has ended, with the reason; never faults.</summary>
    public Task<MqttClosed> Closed => _protocol.Closed;

    /// <summary>Connects and waits for the CONNACK.</summary>
    /// <exception cref="MqttClientException">No connection, no answer in time, or refused: see ReturnCode.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static async Task<MqttClientConnection> ConnectAsync(MqttClientOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(options.ConnectTimeout);
        MqttClientConnection? connection = null;
        try
        {
            connection = new MqttClientConnection(options, await MqttClientTransport.OpenAsync(options, timeout.Token));
            await connection._protocol.OpenAsync(timeout.Token);
            return connection;
        }
        catch (Exception exception) when (connection is not null && exception is MqttClientException)
        {
            await connection.DisposeAsync();
            throw;
        }
        catch (Exception exception) when (IsOrdinary(exception) && !cancellation.IsCancellationRequested)
        {
            await DisposeAsync(connection);
            MqttCloseReason reason = exception is OperationCanceledException ? MqttCloseReason.ConnectTimeout : MqttCloseReason.ConnectionLost;
            throw new MqttClientException($"No MQTT connection to {options.Host}:{options.Port}: {exception.Message}", reason, exception);
        }
        catch (OperationCanceledException)
        {
            await DisposeAsync(connection);
            throw;
        }
    }

    /// <summary>Publishes a message: QoS 0 completes when it is queued, QoS 1 at PUBACK, QoS 2 at PUBCOMP.</summary>
    /// <param name="topic">A topic name: at least one character, no wildcards.</param>
    /// <param name="payload">Not copied: it must not change until the task completes, at QoS 0 not at all.</param>
    /// <param name="qos">0, 1 or 2.</param>
    /// <param name="retain">Asks the server to keep it for later subscribers.</param>
    /// <param name="cancellation">Ends the wait for a free slot; a message that is sent stays sent.</param>
    /// <exception cref="MqttClientException">The connection ended before the acknowledgement: the message may or may not have arrived.</exception>
    public async ValueTask PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, MqttQualityOfService qos = MqttQualityOfService.AtLeastOnce, bool retain = false,
        CancellationToken cancellation = default)
    {
        CheckTopic(topic, payload);
        MqttMessage message = new(topic, payload, qos, retain);
        if (qos == MqttQualityOfService.AtMostOnce)
        {
            await _protocol.SendAsync(MqttOutboundPacket.Publish(message, 0), cancellation);
            return;
        }

        MqttPacketType awaited = qos == MqttQualityOfService.AtLeastOnce ? MqttPacketType.PublishAcknowledgement : MqttPacketType.PublishReceived;
        await _protocol.RequestAsync(awaited, packetId => MqttOutboundPacket.Publish(message, packetId), cancellation);
    }

    /// <summary>Subscribes to one filter.</summary>
    /// <returns>The QoS granted, at most <paramref name="qos"/>.</returns>
    /// <exception cref="MqttClientException">The server refused the filter (0x80), or the connection ended.</exception>
    public async Task<MqttQualityOfService> SubscribeAsync(string topicFilter, MqttQualityOfService qos, CancellationToken cancellation = default)
    {
        CheckFilter(topicFilter);
        byte[] codes = await _protocol.RequestAsync(
            MqttPacketType.SubscribeAcknowledgement, packetId => MqttOutboundPacket.Subscribe(packetId, [new(topicFilter, qos)]), cancellation);
        return codes is [not MqttSubscribeAcknowledgement.Failure]
            ? (MqttQualityOfService)codes[0]
            : throw new MqttClientException($"The server refused the subscription to {topicFilter}; subscribe to what {_options.ClientId} may read.");
    }

    /// <summary>Ends the subscription to one filter.</summary>
    public async Task UnsubscribeAsync(string topicFilter, CancellationToken cancellation = default)
    {
        CheckFilter(topicFilter);
        await _protocol.RequestAsync(
            MqttPacketType.UnsubscribeAcknowledgement, packetId => MqttOutboundPacket.Unsubscribe(packetId, [topicFilter]), cancellation);
    }

    /// <summary>Sends what is queued and DISCONNECT, then closes. Publishes not yet acknowledged fail.</summary>
    public Task DisconnectAsync() => _protocol.DisconnectAsync();

    /// <summary>Closes at once, without DISCONNECT: the server publishes the will.</summary>
    public void Abort() => _protocol.Close(MqttCloseReason.Aborted);

    public ValueTask DisposeAsync() => _protocol.DisposeAsync();

    private static bool IsOrdinary(Exception exception) =>
        exception is IOException or SocketException or AuthenticationException or OperationCanceledException;

    private static async ValueTask DisposeAsync(MqttClientConnection? connection)
    {
        if (connection is not null)
        {
            connection.Abort();
            await connection.DisposeAsync();
        }
    }

    private static void CheckTopic(string topic, ReadOnlyMemory<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxPayloadBytes);
        if (!IsText(topic) || topic.AsSpan().ContainsAny('+', '#'))
        {
            throw new ArgumentException($"'{topic}' is no topic name; use 1 to 65,535 bytes of UTF-8 without + and # (section 4.7).", nameof(topic));
        }
    }

    private static void CheckFilter(string topicFilter)
    {
        if (!IsText(topicFilter) || !MqttTopic.IsValidFilter(Encoding.UTF8.GetBytes(topicFilter)))
        {
            throw new ArgumentException($"'{topicFilter}' is no topic filter; + fills a level, # ends the filter (section 4.7.1).", nameof(topicFilter));
        }
    }

    private static bool IsText(string text) =>
        !string.IsNullOrEmpty(text) && !text.Contains('\0', StringComparison.Ordinal)
        && text.Length <= ushort.MaxValue && Encoding.UTF8.GetByteCount(text) <= ushort.MaxValue;
}
