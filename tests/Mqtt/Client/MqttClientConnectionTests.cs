using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotAttest.Mqtt.Tests;

/// <summary>The client against the device endpoint and against servers that misbehave.</summary>
public sealed class MqttClientConnectionTests
{
    [Fact]
    public async Task Many_publishes_are_in_flight_at_once()
    {
        TaskCompletionSource<MqttPublishOutcome> durable = new();
        TestDeviceHandler handler = new() { Publish = (_, _) => new(durable.Task) };
        await using DeviceHost host = await DeviceHost.StartAsync(handler: handler);
        await using MqttClientConnection client = await host.ConnectClientAsync("board");

        Task[] publishes = [.. Enumerable.Range(0, 100).Select(_ => client.PublishAsync("board/e", new byte[100]).AsTask())];
        await Until.TrueAsync(() => handler.Messages.Count == 32, "as many are in work as the endpoint allows");
        Assert.DoesNotContain(publishes, publish => publish.IsCompleted);
        durable.SetResult(MqttPublishOutcome.Acknowledge);

        await Until.DoneAsync(Task.WhenAll(publishes));
        Assert.Equal(100, handler.Messages.Count);
    }

    [Fact]
    public async Task Unacknowledged_publishes_fail_when_the_connection_dies()
    {
        TestDeviceHandler handler = new() { Publish = (_, _) => new(new TaskCompletionSource<MqttPublishOutcome>().Task) };
        await using DeviceHost host = await DeviceHost.StartAsync(handler: handler);
        await using MqttClientConnection client = await MqttClientConnection.ConnectAsync(Options(host.Port, maxInflight: 2));
        Task[] publishes = [.. Enumerable.Range(0, 4).Select(_ => client.PublishAsync("board/e", default).AsTask())];
        await Until.TrueAsync(() => handler.Messages.Count == 2, "two are in work, two wait for a slot");

        host.Sessions.TryGet("board", out MqttSession? session);
        session!.Abort();

        foreach (Task publish in publishes)
        {
            MqttClientException failure = await Assert.ThrowsAsync<MqttClientException>(() => Until.DoneAsync(publish));
            Assert.Contains("before the server acknowledged", failure.Message, StringComparison.Ordinal);
            Assert.Equal(MqttCloseReason.ConnectionLost, failure.Reason);
        }

        Assert.Equal(MqttCloseReason.ConnectionLost, (await client.Closed).Reason);
    }

    [Fact]
    public async Task A_refusal_carries_its_return_code()
    {
        TestDeviceHandler handler = new() { Authenticate = _ => new(MqttConnectReturnCode.BadUserNameOrPassword) };
        await using DeviceHost host = await DeviceHost.StartAsync(handler: handler);

        MqttClientException refused = await Assert.ThrowsAsync<MqttClientException>(() => host.ConnectClientAsync("board"));

        Assert.Equal(MqttConnectReturnCode.BadUserNameOrPassword, refused.ReturnCode);
        Assert.Equal(MqttCloseReason.ConnectRefused, refused.Reason);
    }

    [Fact]
    public async Task A_refused_subscription_throws_and_the_connection_lives()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        await using MqttClientConnection client = await host.ConnectClientAsync("board");

        await Assert.ThrowsAsync<MqttClientException>(() => client.SubscribeAsync("other/x", MqttQualityOfService.AtLeastOnce));

        Assert.Equal(MqttQualityOfService.AtLeastOnce, await client.SubscribeAsync("board/x", MqttQualityOfService.ExactlyOnce));
        await client.UnsubscribeAsync("board/x");
    }

    [Fact]
    public async Task Received_messages_are_acknowledged_in_order_and_only_when_handled()
    {
        using FakeServer server = new();
        ConcurrentDictionary<byte, TaskCompletionSource> pending = new();
        Task<MqttClientConnection> connecting = MqttClientConnection.ConnectAsync(new MqttClientOptions
        {
            Host = "127.0.0.1",
            Port = server.Port,
            ClientId = "c",
            OnMessage = message => new ValueTask(pending.GetOrAdd(message.Payload.Span[0], _ => new()).Task),
        });
        await server.AcceptAsync("20020000");
        await using MqttClientConnection client = await connecting;

        await server.SendAsync("32 06 0001 74 0001 01 32 06 0001 74 0002 02");
        await Until.TrueAsync(() => pending.Count == 2, "both are in work");
        pending[2].SetResult();
        Task publish = client.PublishAsync("own", default, MqttQualityOfService.AtMostOnce).AsTask();
        Assert.Equal("300500036F776E", await server.ReadAsync(7));
        pending[1].SetResult();

        Assert.Equal("4002000140020002", await server.ReadAsync(8));
        await publish;
    }

    [Fact]
    public async Task The_client_pings_by_itself_and_notices_a_silent_server()
    {
        using FakeServer server = new();
        Task<MqttClientConnection> connecting = MqttClientConnection.ConnectAsync(new MqttClientOptions
        {
            Host = "127.0.0.1",
            Port = server.Port,
            ClientId = "c",
            KeepAlive = TimeSpan.FromSeconds(1),
        });
        await server.AcceptAsync("20020000");
        await using MqttClientConnection client = await connecting;

        Assert.Equal("C000", await server.ReadAsync(2));

        Assert.Equal(MqttCloseReason.KeepAliveTimeout, (await Until.DoneAsync(client.Closed)).Reason);
    }

    [Theory]
    [InlineData("D000")]
    [InlineData("20020000 20020000")]
    [InlineData("20020000 C000")]
    [InlineData("20020000 00")]
    [InlineData("20020000 300200002B")]
    public async Task A_server_that_breaks_the_protocol_is_left(string hex)
    {
        using FakeServer server = new();
        Task<MqttClientConnection> connecting = MqttClientConnection.ConnectAsync(Options(server.Port));
        await server.AcceptAsync(hex);

        try
        {
            await using MqttClientConnection client = await Until.DoneAsync(connecting);
            Assert.Equal(MqttCloseReason.ProtocolError, (await Until.DoneAsync(client.Closed)).Reason);
        }
        catch (MqttClientException failure)
        {
            // Where the violation comes with or before the CONNACK there may be no connection at all.
            Assert.Equal(MqttCloseReason.ProtocolError, failure.Reason);
        }
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_at_the_connect_timeout()
    {
        using FakeServer server = new();
        MqttClientOptions options = new() { Host = "127.0.0.1", Port = server.Port, ClientId = "c", ConnectTimeout = TimeSpan.FromMilliseconds(200) };

        MqttClientException failure = await Assert.ThrowsAsync<MqttClientException>(() => Until.DoneAsync(MqttClientConnection.ConnectAsync(options)));

        Assert.Equal(MqttCloseReason.ConnectTimeout, failure.Reason);
    }

    [Fact]
    public async Task A_tls_session_says_so()
    {
        using X509Certificate2 certificate = MakeCertificate();
        await using DeviceHost host = await DeviceHost.StartAsync(certificate: certificate);
        SslClientAuthenticationOptions tls = new()
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString(),
        };
        await using MqttClientConnection client = await MqttClientConnection.ConnectAsync(
            new MqttClientOptions { Host = "127.0.0.1", Port = host.Port, ClientId = "board", Tls = tls });

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.PublishAsync("board/e", new byte[400]).AsTask()));

        Assert.True(host.Sessions.TryGet("board", out MqttSession? session));
        Assert.True(session.IsTls);
        Assert.True(host.Handler.Requests.Single().IsTls);
    }

    [Fact]
    public async Task Hundreds_of_connections_publish_and_receive_together()
    {
        TestDeviceHandler handler = new();
        handler.Publish = (session, message) =>
            new(session.TryPublish($"{session.ClientId}/echo", message.Payload, MqttQualityOfService.AtLeastOnce, false) ? MqttPublishOutcome.Acknowledge : MqttPublishOutcome.Disconnect);
        await using DeviceHost host = await DeviceHost.StartAsync(handler: handler);
        int echoes = 0;
        MqttClientConnection[] clients = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => host.ConnectClientAsync($"c{i}", _ =>
        {
            Interlocked.Increment(ref echoes);
            return ValueTask.CompletedTask;
        })));

        await Until.DoneAsync(Task.WhenAll(clients.SelectMany((client, i) => Enumerable.Range(0, 20).Select(_ => client.PublishAsync($"c{i}/e", new byte[10]).AsTask()))));

        await Until.TrueAsync(() => Volatile.Read(ref echoes) == 4000, "each message came back");
        Assert.Equal(200, host.Sessions.Count);
        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        await Until.TrueAsync(() => host.Sessions.Count == 0, "all left");
        Assert.All(handler.Ended, end => Assert.Equal(MqttCloseReason.PeerDisconnected, end.Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/+")]
    [InlineData("#")]
    [InlineData("a\0b")]
    public async Task A_bad_topic_is_the_callers_mistake(string topic)
    {
        await using DeviceHost host = await DeviceHost.StartAsync();
        await using MqttClientConnection client = await host.ConnectClientAsync("board");

        await Assert.ThrowsAsync<ArgumentException>(async () => await client.PublishAsync(topic, default));
    }

    private static MqttClientOptions Options(int port, int maxInflight = 1024) =>
        new() { Host = "127.0.0.1", Port = port, ClientId = "board", MaxInflight = maxInflight };

    private static X509Certificate2 MakeCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private sealed class FakeServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private NetworkStream? _stream;

        public FakeServer() => _listener.Start();

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        /// <summary>Takes one connection and its CONNECT, and answers.</summary>
        public async Task AcceptAsync(string answer)
        {
            _stream = new NetworkStream(await _listener.AcceptSocketAsync(), ownsSocket: true);
            byte[] header = new byte[2];
            await _stream.ReadExactlyAsync(header);
            await _stream.ReadExactlyAsync(new byte[header[1]]);
            await SendAsync(answer);
        }

        public async Task SendAsync(string hex) => await _stream!.WriteAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        public async Task<string> ReadAsync(int bytes)
        {
            byte[] buffer = new byte[bytes];
            await Until.DoneAsync(_stream!.ReadExactlyAsync(buffer).AsTask());
            return Convert.ToHexString(buffer);
        }

        public void Dispose()
        {
            _stream?.Dispose();
            _listener.Dispose();
        }
    }
}
