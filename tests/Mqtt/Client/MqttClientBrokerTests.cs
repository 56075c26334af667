using System.Collections.Concurrent;
using System.Text;
using IotAttest.Support;

namespace IotAttest.Mqtt.Tests;

/// <summary>The client against a real broker.</summary>
public sealed class MqttClientBrokerTests
{
    [RequiresToolTheory("mosquitto")]
    [InlineData(MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttQualityOfService.ExactlyOnce)]
    public async Task Messages_arrive_in_order_at_every_qos(MqttQualityOfService qos)
    {
        await using Mosquitto broker = await Mosquitto.StartAsync();
        Inbox inbox = new();
        await using MqttClientConnection receiver = await broker.ConnectAsync("receiver", inbox.AddAsync);
        await using MqttClientConnection sender = await broker.ConnectAsync("sender");
        Assert.Equal(qos, await receiver.SubscribeAsync("t/+", qos));

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => sender.PublishAsync("t/a", Encoding.UTF8.GetBytes($"{i}"), qos).AsTask()));

        await inbox.HasAsync(500);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), inbox.Texts);
        Assert.All(inbox.Messages, message => Assert.Equal(qos, message.Qos));
    }

    [RequiresToolFact("mosquitto")]
    public async Task A_retained_message_reaches_a_later_subscriber_with_its_flag()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync();
        Inbox inbox = new();
        await using MqttClientConnection sender = await broker.ConnectAsync("sender");
        await sender.PublishAsync("epoch", "marker"u8.ToArray(), retain: true);
        await using MqttClientConnection receiver = await broker.ConnectAsync("receiver", inbox.AddAsync);

        await receiver.SubscribeAsync("epoch", MqttQualityOfService.AtLeastOnce);
        await inbox.HasAsync(1);
        await sender.PublishAsync("epoch", "next"u8.ToArray(), retain: true);

        await inbox.HasAsync(2);
        Assert.Equal([("marker", true), ("next", false)], inbox.Messages.Select(message => (Encoding.UTF8.GetString(message.Payload.Span), message.Retain)));
        await receiver.UnsubscribeAsync("epoch");
    }

    [RequiresToolFact("mosquitto")]
    public async Task A_persistent_session_gets_what_came_meanwhile_and_what_was_not_acknowledged()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync();
        TaskCompletionSource never = new();
        Inbox first = new();
        MqttClientConnection receiver = await broker.ConnectAsync("receiver", async message => { await first.AddAsync(message); await never.Task; }, cleanSession: false);
        Assert.False(receiver.SessionPresent);
        await receiver.SubscribeAsync("t", MqttQualityOfService.AtLeastOnce);
        await using MqttClientConnection sender = await broker.ConnectAsync("sender");
        await sender.PublishAsync("t", "unacknowledged"u8.ToArray());
        await first.HasAsync(1);
        receiver.Abort();
        Assert.Equal(MqttCloseReason.Aborted, (await Until.DoneAsync(receiver.Closed)).Reason);
        await sender.PublishAsync("t", "meanwhile"u8.ToArray());

        Inbox second = new();
        await using MqttClientConnection resumed = await broker.ConnectAsync("receiver", second.AddAsync, cleanSession: false);

        Assert.True(resumed.SessionPresent);
        await second.HasAsync(2);
        Assert.Equal(["unacknowledged", "meanwhile"], second.Texts);
        Assert.Equal([true, false], second.Messages.Select(message => message.Duplicate));
    }

    [RequiresToolFact("mosquitto")]
    public async Task A_broker_restart_ends_the_connection_and_a_new_one_resumes_the_session()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync();
        Inbox inbox = new();
        MqttClientConnection receiver = await broker.ConnectAsync("receiver", inbox.AddAsync, cleanSession: false);
        await receiver.SubscribeAsync("t", MqttQualityOfService.AtLeastOnce);

        await broker.StopAsync();

        Assert.Equal(MqttCloseReason.ConnectionLost, (await Until.DoneAsync(receiver.Closed)).Reason);
        MqttClientException refused = await Assert.ThrowsAsync<MqttClientException>(async () => await receiver.PublishAsync("t", default));
        Assert.Equal(MqttCloseReason.ConnectionLost, refused.Reason);
        Assert.Equal(MqttCloseReason.ConnectionLost, (await Assert.ThrowsAsync<MqttClientException>(() => broker.ConnectAsync("receiver"))).Reason);

        await broker.RunAsync();
        await using MqttClientConnection again = await broker.ConnectAsync("receiver", inbox.AddAsync, cleanSession: false);
        Assert.True(again.SessionPresent);
        await again.PublishAsync("t", "back"u8.ToArray());
        await inbox.HasAsync(1);
    }

    [RequiresToolFact("mosquitto")]
    public async Task A_will_is_published_after_an_abort_and_not_after_a_disconnect()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync();
        Inbox inbox = new();
        await using MqttClientConnection watcher = await broker.ConnectAsync("watcher", inbox.AddAsync);
        await watcher.SubscribeAsync("will/#", MqttQualityOfService.AtLeastOnce);
        await using MqttClientConnection polite = await ConnectWithWillAsync(broker, "polite");
        await using MqttClientConnection rude = await ConnectWithWillAsync(broker, "rude");

        await polite.DisconnectAsync();
        rude.Abort();

        await inbox.HasAsync(1);
        Assert.Equal("will/rude", Assert.Single(inbox.Messages).Topic);
        Assert.Equal(MqttCloseReason.LocalDisconnected, (await polite.Closed).Reason);
    }

    [RequiresToolFact("mosquitto", "mosquitto_pub")]
    public async Task A_shared_subscription_splits_the_messages()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync();
        Inbox left = new();
        Inbox right = new();
        await using MqttClientConnection first = await broker.ConnectAsync("first", left.AddAsync);
        await using MqttClientConnection second = await broker.ConnectAsync("second", right.AddAsync);
        await first.SubscribeAsync("$share/iotattest/t", MqttQualityOfService.AtLeastOnce);
        await second.SubscribeAsync("$share/iotattest/t", MqttQualityOfService.AtLeastOnce);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => first.PublishAsync("t", default).AsTask()));

        await Until.TrueAsync(() => left.Messages.Count + right.Messages.Count == 100, "all arrived");
        Assert.NotEmpty(left.Messages);
        Assert.NotEmpty(right.Messages);
    }

    private static Task<MqttClientConnection> ConnectWithWillAsync(Mosquitto broker, string clientId) => MqttClientConnection.ConnectAsync(new MqttClientOptions
    {
        Host = "127.0.0.1",
        Port = broker.Port,
        ClientId = clientId,
        Will = new MqttMessage($"will/{clientId}", default, MqttQualityOfService.AtLeastOnce),
    });

    private sealed class Inbox
    {
        public ConcurrentQueue<MqttMessage> Messages { get; } = new();

        public IEnumerable<string> Texts => Messages.Select(message => Encoding.UTF8.GetString(message.Payload.Span));

        public ValueTask AddAsync(MqttMessage message)
        {
            Messages.Enqueue(message);
            return ValueTask.CompletedTask;
        }

        public Task HasAsync(int count) => Until.TrueAsync(() => Messages.Count >= count, $"{count} messages arrived");
    }
}
