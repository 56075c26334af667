using System.Collections.Concurrent;

namespace IotAttest.Mqtt.Tests;

public sealed class MqttPublishTests
{
    [Fact]
    public async Task A_message_is_acknowledged_only_after_its_handler_is_done()
    {
        TaskCompletionSource<MqttPublishOutcome> durable = new();
        await using DeviceHost host = await DeviceHost.StartAsync(handler: new TestDeviceHandler { Publish = (_, _) => new(durable.Task) });
        using RawPeer peer = await host.ConnectAsync("board");

        await peer.SendAsync(RawPeer.Publish("board/evidence", 1, 9, [1, 2, 3]) + "C000");
        Assert.Equal("D000", await peer.ReadAsync());
        Assert.True(peer.IsQuiet);
        durable.SetResult(MqttPublishOutcome.Acknowledge);

        Assert.Equal("40020009", await peer.ReadAsync());
        MqttMessage message = Assert.Single(host.Handler.Messages);
        Assert.Equal(("board/evidence", MqttQualityOfService.AtLeastOnce, false), (message.Topic, message.Qos, message.Retain));
        Assert.Equal([1, 2, 3], message.Payload.ToArray());
    }

    [Fact]
    public async Task Mqtt_4_6_0_2_acknowledgements_leave_in_the_order_of_the_messages()
    {
        ConcurrentDictionary<byte, TaskCompletionSource<MqttPublishOutcome>> pending = new();
        TestDeviceHandler handler = new() { Publish = (_, message) => new(pending.GetOrAdd(message.Payload.Span[0], _ => new()).Task) };
        await using DeviceHost host = await DeviceHost.StartAsync(handler: handler);
        using RawPeer peer = await host.ConnectAsync("board");
        await peer.SendAsync(RawPeer.Publish("board/e", 1, 11, [1]) + RawPeer.Publish("board/e", 2, 12, [2]) + RawPeer.Publish("board/e", 1, 13, [3]));
        await Until.TrueAsync(() => pending.Count == 3, "all three are in work");

        pending[3].SetResult(MqttPublishOutcome.Acknowledge);
        pending[2].SetResult(MqttPublishOutcome.Acknowledge);
        await peer.SendAsync("C000");
        Assert.Equal("D000", await peer.ReadAsync());
        pending[1].SetResult(MqttPublishOutcome.Acknowledge);

        Assert.Equal("4002000B", await peer.ReadAsync());
        Assert.Equal("5002000C", await peer.ReadAsync());
        Assert.Equal("4002000D", await peer.ReadAsync());
    }

    [Fact]
    public async Task Reading_pauses_at_the_maximum_in_flight_and_goes_on_after_an_acknowledgement()
    {
        ConcurrentQueue<TaskCompletionSource<MqttPublishOutcome>> pending = new();
        TestDeviceHandler handler = new() { Publish = (_, _) => Enqueue(pending) };
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.MaxInflightPublishes = 2, handler);
        using RawPeer peer = await host.ConnectAsync("board");

        await peer.SendAsync(RawPeer.Publish("board/e", 1, 1, []) + RawPeer.Publish("board/e", 0, 0, []) + RawPeer.Publish("board/e", 1, 3, []) + "C000");
        await Until.TrueAsync(() => pending.Count == 2, "two are in work");
        await Task.Delay(50);
        Assert.Equal(2, pending.Count);
        Assert.True(peer.IsQuiet);
        pending.First().SetResult(MqttPublishOutcome.Acknowledge);

        Assert.Equal("40020001", await peer.ReadAsync());
        await Until.TrueAsync(() => pending.Count == 3, "the third is in work");
    }

    [Fact]
    public async Task A_pause_for_a_slow_handler_is_not_taken_for_a_silent_client()
    {
        TaskCompletionSource<MqttPublishOutcome> durable = new();
        TestDeviceHandler handler = new() { Publish = (_, _) => new(durable.Task) };
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.MaxInflightPublishes = 1, handler);
        using RawPeer peer = await host.ConnectAsync("board", keepAliveSeconds: 1);

        await peer.SendAsync(RawPeer.Publish("board/e", 1, 1, []));
        await Task.Delay(2000);
        durable.SetResult(MqttPublishOutcome.Acknowledge);

        Assert.Equal("40020001", await peer.ReadAsync());
    }

    [Fact]
    public async Task Qos_0_is_delivered_and_never_answered()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.ConnectAsync("board");

        await peer.SendAsync(RawPeer.Publish("board/hello", 0, 0, []) + "C000");

        Assert.Equal("D000", await peer.ReadAsync());
        Assert.Equal("board/hello", Assert.Single(host.Handler.Messages).Topic);
    }

    [Fact]
    public async Task Section_4_3_3_qos_2_is_delivered_once_however_often_it_is_sent()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.ConnectAsync("board");
        string again = RawPeer.Publish("board/e", 2, 5, [1], duplicate: true);

        await peer.SendAsync(RawPeer.Publish("board/e", 2, 5, [1]) + again);
        Assert.Equal("50020005", await peer.ReadAsync());
        Assert.Equal("50020005", await peer.ReadAsync());
        Assert.Single(host.Handler.Messages);
        await peer.SendAsync("62020005 62020005");
        Assert.Equal("70020005", await peer.ReadAsync());
        Assert.Equal("70020005", await peer.ReadAsync());

        await peer.SendAsync(again);
        Assert.Equal("50020005", await peer.ReadAsync());
        Assert.Equal(2, host.Handler.Messages.Count);
    }

    [Fact]
    public async Task More_unreleased_qos_2_messages_than_allowed_close_the_connection()
    {
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.MaxUnreleasedPublishes = 2);
        using RawPeer peer = await host.ConnectAsync("board");

        await peer.SendAsync(RawPeer.Publish("board/e", 2, 1, []) + RawPeer.Publish("board/e", 2, 2, []));
        Assert.Equal("50020001", await peer.ReadAsync());
        Assert.Equal("50020002", await peer.ReadAsync());
        await peer.SendAsync(RawPeer.Publish("board/e", 2, 3, []));

        Assert.True(await peer.IsClosedByPeerAsync());
        Assert.Equal(MqttCloseReason.ProtocolError, await host.EndOfAsync("board"));
    }

    [Fact]
    public async Task Mqtt_3_3_5_2_a_message_to_a_foreign_topic_closes_the_connection()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.ConnectAsync("board");

        await peer.SendAsync(RawPeer.Publish("other/evidence", 1, 1, []));

        Assert.True(await peer.IsClosedByPeerAsync());
        Assert.Equal(MqttCloseReason.TopicNotAllowed, await host.EndOfAsync("board"));
        Assert.Empty(host.Handler.Messages);
    }

    [Fact]
    public async Task A_refused_message_closes_the_connection_without_acknowledgement()
    {
        TestDeviceHandler handler = new() { Publish = (_, message) => new(message.Retain ? MqttPublishOutcome.Disconnect : MqttPublishOutcome.Acknowledge) };
        await using DeviceHost host = await DeviceHost.StartAsync(handler: handler);
        using RawPeer peer = await host.ConnectAsync("board");

        await peer.SendAsync("33 0B 0007 626F6172642F65 0001");

        Assert.True(await peer.IsClosedByPeerAsync());
        Assert.Equal(MqttCloseReason.MessageRefused, await host.EndOfAsync("board"));
        Assert.True(Assert.Single(host.Handler.Messages).Retain);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_throws_ends_only_its_own_connection(bool beforeItsFirstAwait)
    {
        TestDeviceHandler handler = new();
        handler.Publish = (_, _) => beforeItsFirstAwait ? throw new InvalidOperationException("store down") : FailLaterAsync();
        await using DeviceHost host = await DeviceHost.StartAsync(handler: handler);
        using RawPeer peer = await host.ConnectAsync("board");
        using RawPeer other = await host.ConnectAsync("other");

        await peer.SendAsync(RawPeer.Publish("board/e", 1, 1, []));

        Assert.True(await peer.IsClosedByPeerAsync());
        Assert.Equal(MqttCloseReason.HandlerFailed, await host.EndOfAsync("board"));
        await other.SendAsync("C000");
        Assert.Equal("D000", await other.ReadAsync());
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public async Task A_packet_over_the_limit_closes_the_connection(int packetBytes, bool isTaken)
    {
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.MaxPacketBytes = 64);
        using RawPeer peer = await host.ConnectAsync("board");

        await peer.SendAsync(RawPeer.Publish("board/e", 1, 1, new byte[packetBytes - 13]));

        Assert.Equal(isTaken ? "40020001" : "", await peer.ReadAsync());
    }

    [Fact]
    public async Task An_oversized_packet_is_refused_before_its_bytes_arrive()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.ConnectAsync("board");

        await peer.SendAsync("30FFFFFF7F");

        Assert.True(await peer.IsClosedByPeerAsync());
    }

    private static ValueTask<MqttPublishOutcome> Enqueue(ConcurrentQueue<TaskCompletionSource<MqttPublishOutcome>> pending)
    {
        TaskCompletionSource<MqttPublishOutcome> source = new();
        pending.Enqueue(source);
        return new ValueTask<MqttPublishOutcome>(source.Task);
    }

    private static async ValueTask<MqttPublishOutcome> FailLaterAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("store down");
    }
}
