using System.Collections.Concurrent;

namespace IotAttest.Mqtt.Tests;

/// <summary>An application that keeps what it gets and decides as the test says.</summary>
public sealed class TestDeviceHandler : IMqttDeviceHandler
{
    public ConcurrentQueue<MqttMessage> Messages { get; } = new();

    public ConcurrentQueue<MqttConnectRequest> Requests { get; } = new();

    public ConcurrentQueue<(string ClientId, MqttCloseReason Reason)> Ended { get; } = new();

    public Func<MqttConnectRequest, ValueTask<MqttConnectReturnCode>> Authenticate { get; set; } = _ => new(MqttConnectReturnCode.Accepted);

    public Func<MqttSession, MqttMessage, ValueTask<MqttPublishOutcome>> Publish { get; set; } = (_, _) => new(MqttPublishOutcome.Acknowledge);

    public Action<MqttSession, string> Subscribed { get; set; } = (_, _) => { };

    public ValueTask<MqttConnectReturnCode> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellation)
    {
        Requests.Enqueue(request);
        return Authenticate(request);
    }

    /// <summary>A client may publish below its own name, and subscribe there and to "epoch".</summary>
    public bool MayPublish(MqttSession session, string topic) => topic.StartsWith(session.ClientId + "/", StringComparison.Ordinal);

    public bool MaySubscribe(MqttSession session, string topicFilter) =>
        topicFilter == "epoch" || (MayPublish(session, topicFilter) && !topicFilter.AsSpan().ContainsAny('+', '#'));

    public void OnSubscribed(MqttSession session, string topicFilter) => Subscribed(session, topicFilter);

    public ValueTask<MqttPublishOutcome> OnPublishAsync(MqttSession session, MqttMessage message)
    {
        Messages.Enqueue(message);
        return Publish(session, message);
    }

    public void OnDisconnected(MqttSession session) => Ended.Enqueue((session.ClientId, session.CloseReason));
}
