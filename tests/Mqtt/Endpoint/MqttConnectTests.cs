using System.Net.Sockets;

namespace IotAttest.Mqtt.Tests;

public sealed class MqttConnectTests
{
    [Fact]
    public async Task A_connect_is_accepted_without_session_present_also_when_the_client_asks_for_its_old_session()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.DialAsync();

        await peer.SendAsync(RawPeer.Connect("board", cleanSession: false));

        Assert.Equal("20020000", await peer.ReadAsync());
        Assert.True(host.Sessions.TryGet("board", out MqttSession? session));
        Assert.False(session.IsTls);
        Assert.Equal(1, host.Sessions.Count);
    }

    [Fact]
    public async Task The_handler_sees_name_password_and_address()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.DialAsync();

        await peer.SendAsync(Convert.ToHexString(Packets.OneOfEach["CONNECT"]));

        Assert.Equal("20020000", await peer.ReadAsync());
        MqttConnectRequest request = Assert.Single(host.Handler.Requests);
        Assert.Equal(("board", "user"), (request.ClientId, request.UserName));
        Assert.Equal([1, 0, 255], request.Password!.Value.ToArray());
        Assert.Contains("127.0.0.1", request.RemoteEndPoint!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MqttConnectReturnCode.BadUserNameOrPassword, "20020004")]
    [InlineData(MqttConnectReturnCode.NotAuthorized, "20020005")]
    [InlineData(MqttConnectReturnCode.ServerUnavailable, "20020003")]
    public async Task Mqtt_3_2_2_5_a_refusal_says_why_and_closes(MqttConnectReturnCode code, string expected)
    {
        await using DeviceHost host = await DeviceHost.StartAsync(handler: new TestDeviceHandler { Authenticate = _ => new(code) });
        using RawPeer peer = await host.DialAsync();

        await peer.SendAsync(RawPeer.Connect("board"));

        Assert.Equal(expected, await peer.ReadAsync());
        Assert.True(await peer.IsClosedByPeerAsync());
        Assert.Equal(0, host.Sessions.Count);
        Assert.Empty(host.Handler.Ended);
    }

    [Theory]
    [InlineData("10 0C 0004 4D515454 03 02 003C 0000", "20020001")]
    [InlineData("10 0D 0004 4D515454 05 02 003C 00 0000", "20020001")]
    [InlineData("10 0C 0004 4D515454 04 02 003C 0000", "20020002")]
    [InlineData("10 0C 0004 4D515454 04 00 003C 0000", "20020002")]
    [InlineData("10 0C 0004 4D515458 04 02 003C 0000", "")]
    [InlineData("10 0C 0004 4D515454 04 03 003C 0000", "")]
    [InlineData("C0 00", "")]
    [InlineData("30 05 0003 612F62", "")]
    [InlineData("474554202F20485454502F312E310D0A0D0A", "")]
    public async Task Mqtt_3_1_0_1_the_first_packet_is_a_valid_connect_or_the_connection_ends(string hex, string expected)
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.DialAsync();

        await peer.SendAsync(hex);

        Assert.Equal(expected, await peer.ReadAsync());
        Assert.True(await peer.IsClosedByPeerAsync());
        Assert.Empty(host.Handler.Requests);
    }

    [Fact]
    public async Task Mqtt_3_1_0_2_a_second_connect_closes_the_connection()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.ConnectAsync("board");

        await peer.SendAsync(RawPeer.Connect("board"));

        Assert.True(await peer.IsClosedByPeerAsync());
        Assert.Equal(MqttCloseReason.ProtocolError, await host.EndOfAsync("board"));
    }

    [Fact]
    public async Task Mqtt_3_1_4_2_a_newer_connection_takes_the_name_over()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer older = await host.ConnectAsync("board");

        using RawPeer newer = await host.ConnectAsync("board");

        Assert.True(await older.IsClosedByPeerAsync());
        Assert.Equal(MqttCloseReason.TakenOver, await host.EndOfAsync("board"));
        await newer.SendAsync("C000");
        Assert.Equal("D000", await newer.ReadAsync());
        Assert.True(host.Sessions.TryGet("board", out _));
        Assert.Single(host.Handler.Ended);
    }

    [Fact]
    public async Task A_refused_newer_connection_takes_nothing_over()
    {
        TestDeviceHandler handler = new() { Authenticate = request => new(request.UserName == "user" ? MqttConnectReturnCode.BadUserNameOrPassword : 0) };
        await using DeviceHost host = await DeviceHost.StartAsync(handler: handler);
        using RawPeer older = await host.ConnectAsync("board");
        using RawPeer newer = await host.DialAsync();

        await newer.SendAsync(Convert.ToHexString(Packets.OneOfEach["CONNECT"]));

        Assert.Equal("20020004", await newer.ReadAsync());
        await older.SendAsync("C000");
        Assert.Equal("D000", await older.ReadAsync());
    }

    [Fact]
    public async Task A_silent_connection_ends_at_the_connect_timeout()
    {
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.ConnectTimeout = TimeSpan.FromMilliseconds(100));
        using RawPeer silent = await host.DialAsync();
        using RawPeer trickling = await host.DialAsync();

        await trickling.SendAsync("100C0004");

        Assert.True(await silent.IsClosedByPeerAsync());
        Assert.True(await trickling.IsClosedByPeerAsync());
    }

    [Fact]
    public async Task Authentication_that_takes_too_long_ends_at_the_connect_timeout()
    {
        TaskCompletionSource<MqttConnectReturnCode> never = new();
        TestDeviceHandler handler = new() { Authenticate = _ => new(never.Task) };
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.ConnectTimeout = TimeSpan.FromMilliseconds(100), handler);
        using RawPeer peer = await host.DialAsync();

        await peer.SendAsync(RawPeer.Connect("board"));

        Assert.True(await peer.IsClosedByPeerAsync());
        never.SetResult(MqttConnectReturnCode.Accepted);
        Assert.Equal(0, host.Sessions.Count);
    }

    [Fact]
    public async Task Mqtt_3_1_2_24_silence_for_one_and_a_half_keep_alives_ends_the_connection()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer silent = await host.ConnectAsync("silent", keepAliveSeconds: 1);
        using RawPeer pinging = await host.ConnectAsync("pinging", keepAliveSeconds: 1);
        long start = Environment.TickCount64;

        Task<bool> closed = silent.IsClosedByPeerAsync();
        while (!closed.IsCompleted)
        {
            await pinging.SendAsync("C000");
            Assert.Equal("D000", await pinging.ReadAsync());
            await Task.Delay(100);
        }

        Assert.True(await closed);
        Assert.True(Environment.TickCount64 - start >= 1450, "closed before 1.5 times the keep-alive");
        Assert.Equal(MqttCloseReason.KeepAliveTimeout, await host.EndOfAsync("silent"));
        Assert.True(host.Sessions.TryGet("pinging", out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    public async Task A_keep_alive_of_zero_or_too_long_counts_as_the_longest_allowed(ushort keepAliveSeconds)
    {
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.MaxKeepAlive = TimeSpan.FromSeconds(1));
        using RawPeer peer = await host.ConnectAsync("board", keepAliveSeconds);

        Assert.True(await peer.IsClosedByPeerAsync());
        Assert.Equal(MqttCloseReason.KeepAliveTimeout, await host.EndOfAsync("board"));
    }

    [Fact]
    public async Task One_connection_more_than_allowed_is_closed_at_once()
    {
        await using DeviceHost host = await DeviceHost.StartAsync(options => options.MaxConnections = 2);
        using RawPeer first = await host.ConnectAsync("first");
        using RawPeer second = await host.ConnectAsync("second");

        Assert.True(await IsTurnedAwayAsync(host));

        await first.SendAsync("E000");
        Assert.True(await first.IsClosedByPeerAsync());
        Assert.Equal(MqttCloseReason.PeerDisconnected, await host.EndOfAsync("first"));
        await Until.TrueAsync(() => host.Sessions.Count == 1, "the first session left");
        using RawPeer fourth = await host.ConnectAsync("fourth");
    }

    [Fact]
    public async Task A_stopping_host_closes_its_sessions_at_once()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        using RawPeer peer = await host.ConnectAsync("board");

        await host.StopAsync();

        Assert.True(await peer.IsClosedByPeerAsync());
        Assert.Equal(MqttCloseReason.ServerStopping, await host.EndOfAsync("board"));
    }

    // The reset may come before the peer's own connect has returned.
    private static async Task<bool> IsTurnedAwayAsync(DeviceHost host)
    {
        try
        {
            using RawPeer peer = await host.DialAsync();
            return await peer.IsClosedByPeerAsync();
        }
        catch (SocketException cause) when (cause.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }
}
