namespace IotAttest.Mqtt.Tests;

public sealed class MqttSubscribeTests
{
    [Fact]
    public async Task Mqtt_3_9_3_1_each_filter_gets_its_answer_and_a_foreign_one_gets_128()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.ConnectAsync("b");

        await peer.SendAsync(RawPeer.Subscribe(4, "b/challenge", "other/challenge", "b/#", "epoch"));

        Assert.Equal("9006000401808001", await peer.ReadAsync());
        host.Sessions.TryGet("b", out MqttSession? session);
        Assert.True(session!.IsSubscribed("b/challenge"));
        Assert.True(session.IsSubscribed("epoch"));
        Assert.False(session.IsSubscribed("other/challenge"));
    }

    [Fact]
    public async Task One_subscription_more_than_allowed_gets_128_and_replacing_one_does_not()
    {
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.MaxSubscriptions = 2);
        using RawPeer peer = await host.ConnectAsync("b");

        await peer.SendAsync(RawPeer.Subscribe(1, "b/1", "b/2", "b/3", "b/1"));

        Assert.Equal("9006000101018001", await peer.ReadAsync());
    }

    [Fact]
    public async Task What_is_published_on_subscription_arrives_after_the_suback()
    {
        TestDeviceHandler handler = new();
        handler.Subscribed = (session, filter) => session.TryPublish(filter, new byte[] { 0xAA }, MqttQualityOfService.AtMostOnce, retain: true);
        await using DeviceHost host = await DeviceHost.StartAsync(handler: handler);
        using RawPeer peer = await host.ConnectAsync("b");

        await peer.SendAsync(RawPeer.Subscribe(1, "epoch"));

        Assert.Equal("9003000101", await peer.ReadAsync());
        Assert.Equal("3108000565706F6368AA", await peer.ReadAsync());
    }

    [Fact]
    public async Task Qos_2_is_granted_as_1_and_0_lowers_what_is_sent()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.ConnectAsync("b");

        await peer.SendAsync("82 0C 0001 0003 622F31 02 0003 622F32 00".Replace("82 0C", "82 0E", StringComparison.Ordinal));
        Assert.Equal("900400010100", await peer.ReadAsync());
        host.Sessions.TryGet("b", out MqttSession? session);
        session!.TryPublish("b/1", default, MqttQualityOfService.AtLeastOnce, retain: false);
        session.TryPublish("b/2", default, MqttQualityOfService.AtLeastOnce, retain: false);

        Assert.Equal("32070003622F310001", await peer.ReadAsync());
        Assert.Equal("30050003622F32", await peer.ReadAsync());
        await peer.SendAsync("40020001 C000");
        Assert.Equal("D000", await peer.ReadAsync());
    }

    [Fact]
    public async Task Mqtt_3_10_4_5_unsubscribe_is_answered_also_when_nothing_matched()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.ConnectAsync("b");

        await peer.SendAsync(RawPeer.Subscribe(1, "b/1") + "A2 07 0002 0003 622F31 A2 07 0003 0003 622F39");

        Assert.Equal("9003000101", await peer.ReadAsync());
        Assert.Equal("B0020002", await peer.ReadAsync());
        Assert.Equal("B0020003", await peer.ReadAsync());
        host.Sessions.TryGet("b", out MqttSession? session);
        Assert.False(session!.IsSubscribed("b/1"));
    }

    [Fact]
    public async Task A_client_that_does_not_acknowledge_is_dropped_at_the_limit()
    {
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.MaxUnacknowledgedPublishes = 3);
        using RawPeer peer = await host.ConnectAsync("b");
        host.Sessions.TryGet("b", out MqttSession? session);

        bool[] queued = [.. Enumerable.Range(0, 4).Select(_ => session!.TryPublish("b/1", default, MqttQualityOfService.AtLeastOnce, false))];

        Assert.Equal([true, true, true, false], queued);
        Assert.Equal(MqttCloseReason.SlowConsumer, await host.EndOfAsync("b"));
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_dropped_when_its_queue_is_full()
    {
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.OutboundQueuePackets = 4);
        using RawPeer peer = await host.ConnectAsync("b");
        host.Sessions.TryGet("b", out MqttSession? session);
        byte[] payload = new byte[64 * 1024];

        int queued = 0;
        while (session!.TryPublish("b/1", payload, MqttQualityOfService.AtMostOnce, retain: false))
        {
            queued++;
            Assert.True(queued < 1000, "the queue has no bound");
            await Task.Delay(1);
        }

        Assert.True(queued >= 4);
        Assert.Equal(MqttCloseReason.SlowConsumer, await host.EndOfAsync("b"));
        Assert.False(session.TryPublish("b/1", payload, MqttQualityOfService.AtMostOnce, retain: false));
    }

    [Fact]
    public async Task A_half_open_client_is_dropped_at_the_write_timeout()
    {
        await using DeviceHost host = await DeviceHost.StartAsync(options =>
        {
            options.WriteTimeout = TimeSpan.FromMilliseconds(300);
            options.OutboundQueuePackets = 65_535;
        });
        using RawPeer peer = await host.ConnectAsync("b");
        host.Sessions.TryGet("b", out MqttSession? session);

        for (int i = 0; i < 500; i++)
        {
            session!.TryPublish("b/1", new byte[64 * 1024], MqttQualityOfService.AtMostOnce, retain: false);
        }

        Assert.Equal(MqttCloseReason.WriteTimeout, await host.EndOfAsync("b"));
    }

    [Fact]
    public async Task A_client_that_pings_and_never_reads_cannot_fill_the_memory()
    {
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.WriteTimeout = TimeSpan.FromMilliseconds(500));
        using RawPeer peer = await host.ConnectAsync("b");
        string pings = string.Concat(Enumerable.Repeat("C000", 50_000));

        Task flood = FloodAsync(peer, pings);

        Assert.Equal(MqttCloseReason.WriteTimeout, await host.EndOfAsync("b"));
        await Until.DoneAsync(flood);
    }

    [Fact]
    public async Task Abort_ends_the_session()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.ConnectAsync("b");
        host.Sessions.TryGet("b", out MqttSession? session);

        session!.Abort();

        Assert.True(await peer.IsClosedByPeerAsync());
        Assert.Equal(MqttCloseReason.Aborted, await host.EndOfAsync("b"));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.TryPublish("b/1", default, MqttQualityOfService.ExactlyOnce, false));
    }

    private static async Task FloodAsync(RawPeer peer, string pings)
    {
        try
        {
            while (true)
            {
                await peer.SendAsync(pings);
            }
        }
        catch (IOException)
        {
            // The endpoint closed the connection, which is what the test waits for.
        }
    }
}
