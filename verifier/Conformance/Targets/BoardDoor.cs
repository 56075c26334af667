using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using IotAttest.Mqtt;
using IotAttest.Protocol;

namespace IotAttest.Conformance;

/// <summary>Lets one board in, takes what it publishes under its own UEID, and sends it what the checks publish.</summary>
internal sealed class BoardDoor(string ueid, string? credential) : IMqttDeviceHandler
{
    private readonly Channel<BoardMessage> _messages = BoardMessages.Create();
    private volatile MqttSession? _session;

    public ChannelReader<BoardMessage> Messages => _messages.Reader;

    /// <summary>Whether it subscribed to the topic or not: a board must cope with what a broker should not have sent.</summary>
    public void TryPublish(string topic, ReadOnlyMemory<byte> payload) => _session?.TryPublish(topic, payload, MqttQualityOfService.AtLeastOnce, retain: false);

    public ValueTask<MqttConnectReturnCode> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellation)
    {
        bool isBoard = request.ClientId == ueid && request.UserName == ueid;
        bool holds = credential is null || CryptographicOperations.FixedTimeEquals((request.Password ?? default).Span, Encoding.UTF8.GetBytes(credential));
        return ValueTask.FromResult(isBoard && holds ? MqttConnectReturnCode.Accepted : MqttConnectReturnCode.BadUserNameOrPassword);
    }

    public bool MayPublish(MqttSession session, string topic) => topic == Topics.Evidence(ueid) || topic == Topics.Hello(ueid);

    public bool MaySubscribe(MqttSession session, string topicFilter) => true;

    public void OnSubscribed(MqttSession session, string topicFilter) => _session = session;

    public ValueTask<MqttPublishOutcome> OnPublishAsync(MqttSession session, MqttMessage message)
    {
        BoardMessages.Take(_messages.Writer, ueid, message);
        return ValueTask.FromResult(MqttPublishOutcome.Acknowledge);
    }

    public void OnDisconnected(MqttSession session) => Interlocked.CompareExchange(ref _session, null, session);
}
