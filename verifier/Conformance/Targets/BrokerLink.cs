using System.Security.Cryptography;
using System.Threading.Channels;
using IotAttest.Mqtt;
using IotAttest.Protocol;

namespace IotAttest.Conformance;

/// <summary>A board behind any MQTT 3.1.1 broker; the tool is a client beside it.</summary>
public sealed class BrokerLink : IBoardLink
{
    private readonly Channel<BoardMessage> _messages = BoardMessages.Create();
    private MqttClientConnection? _connection;

    private BrokerLink()
    {
    }

    /// <inheritdoc/>
    public ChannelReader<BoardMessage> Messages => _messages.Reader;

    /// <inheritdoc/>
    public bool BoardConnectsHere => false;

    /// <summary>Connects and subscribes to what the board publishes.</summary>
    /// <param name="broker">Where and as whom; its client id and its handler are chosen here.</param>
    /// <param name="ueid">The board, as 34 hex digits.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">No broker there, or it refuses.</exception>
    public static async Task<BrokerLink> ConnectAsync(MqttClientOptions broker, string ueid, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(broker);
        BrokerLink link = new();
        try
        {
            link._connection = await MqttClientConnection.ConnectAsync(link.OptionsFor(broker, ueid), cancellation);
            await link._connection.SubscribeAsync(Topics.Hello(ueid), MqttQualityOfService.AtLeastOnce, cancellation);
            await link._connection.SubscribeAsync(Topics.Evidence(ueid), MqttQualityOfService.AtLeastOnce, cancellation);
            return link;
        }
        catch (MqttClientException cause)
        {
            await link.DisposeAsync();
            throw new BoardLinkException(cause.Message, cause);
        }
    }

    /// <inheritdoc/>
    public async Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        try
        {
            await _connection!.PublishAsync(topic, payload, MqttQualityOfService.AtLeastOnce, retain: false, cancellation);
        }
        catch (MqttClientException cause)
        {
            throw new BoardLinkException(cause.Message, cause);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private MqttClientOptions OptionsFor(MqttClientOptions broker, string ueid) => new()
    {
        Host = broker.Host,
        Port = broker.Port,
        ClientId = $"iotattest-conformance-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}",
        UserName = broker.UserName,
        Password = broker.Password,
        Tls = broker.Tls,
        MaxPacketBytes = BoardMessages.MaxPacketBytes,
        OnMessage = message =>
        {
            BoardMessages.Take(_messages.Writer, ueid, message);
            return ValueTask.CompletedTask;
        },
    };
}
