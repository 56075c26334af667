using System.Net;
using System.Net.Sockets;
using IotAttest.Service.Tests.Lessons;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Tests.Attacks;

/// <summary>Idle HTTP connections, more than the verifier takes: boards over MQTT do not notice, and HTTP is there again after them.</summary>
public sealed class ConnectionFloodTests
{
    private const int Most = 16;

    [Fact]
    public async Task A_flood_of_idle_http_connections_is_bounded_boards_go_on_and_http_works_again_after_it()
    {
        using LogMemory logs = new();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with { Mqtt = "127.0.0.1:0", HttpConnections = Most }, logs: logs);
        using TestBoard board = await EnrolAsync(verifier);
        int port = verifier.Address.Port;

        Socket[] flood = await Task.WhenAll(Enumerable.Range(0, 4 * Most).Select(_ => ConnectAsync(port)));
        await Eventually.TrueAsync(() => Task.FromResult(flood.Count(IsClosed) >= 3 * Most), "the verifier closes what is too much");
        Assert.InRange(flood.Count(socket => !IsClosed(socket)), 1, Most);

        await using MqttBoard connected = await MqttBoard.ConnectAsync(verifier, board);
        await connected.PublishEvidenceAsync(board.Evidence(await connected.HelloAsync()));
        Assert.NotEmpty(await connected.ResultAsync());
        using (HttpClient turnedAway = verifier.Anybody())
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => turnedAway.GetAsync(new Uri("/healthz", UriKind.Relative)));
        }

        Array.ForEach(flood, socket => socket.Dispose());
        await Eventually.TrueAsync(() => AnswersAsync(verifier), "HTTP answers again");
        Assert.Single(logs.Lines, line => line.Contains("HTTP connections are too many", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flood_of_idle_mqtt_connections_is_bounded_and_http_goes_on()
    {
        using LogMemory logs = new();
        using ServerCertificateFile certificate = new();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(
            change: options => options with { Mqtt = "127.0.0.1:0", Mqtts = "127.0.0.1:0", MqttsCertificate = certificate.Path, MqttConnections = Most }, logs: logs);

        // Half of it stops before the handshake of TLS: these count too.
        Socket[] flood = await Task.WhenAll(Enumerable.Range(0, 4 * Most).Select(number => ConnectAsync(number % 2 == 0 ? verifier.MqttPort : verifier.MqttsPort)));
        await Eventually.TrueAsync(() => Task.FromResult(flood.Count(IsClosed) >= 3 * Most), "the verifier closes what is too much");

        Assert.True(await AnswersAsync(verifier));
        Assert.Single(logs.Lines, line => line.Contains("MQTT connections are too many", StringComparison.Ordinal));
        Array.ForEach(flood, socket => socket.Dispose());
    }

    [Theory]
    [InlineData(15, 1024, "HttpConnections is 15")]
    [InlineData(100_001, 1024, "HttpConnections is 100001")]
    [InlineData(4096, 7, "HttpConnectionsPerAddress is 7")]
    [InlineData(4096, 100_001, "HttpConnectionsPerAddress is 100001")]
    [InlineData(4096, 1024, "MqttConnections is 15", 15)]
    [InlineData(4096, 1024, "MqttConnections is 1000001", 1_000_001)]
    [InlineData(4096, 1024, "MqttConnectionsPerAddress is 7", 16, 7)]
    [InlineData(4096, 1024, "MqttConnectionsPerAddress is 1000001", 16, 1_000_001)]
    public async Task Limits_out_of_range_are_named_before_anything_starts(int connections, int perAddress, string said, int mqtt = 16, int mqttPerAddress = 8)
    {
        OptionsValidationException cause = await Assert.ThrowsAsync<OptionsValidationException>(
            () => VerifierUnderTest.StartAsync(change: options => options with { HttpConnections = connections, HttpConnectionsPerAddress = perAddress, MqttConnections = mqtt, MqttConnectionsPerAddress = mqttPerAddress }));

        Assert.Contains(said, cause.Message, StringComparison.Ordinal);
    }

    // Its clients go with it: their connections count too.
    private static async Task<TestBoard> EnrolAsync(VerifierUnderTest verifier)
    {
        using Registry registry = await Registry.OpenAsync(verifier);
        return await new TestBoard(verifier).EnrolAsync();
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead);

    private static async Task<bool> AnswersAsync(VerifierUnderTest verifier)
    {
        using HttpClient client = verifier.Anybody();
        try
        {
            return await client.GetAsync(new Uri("/healthz", UriKind.Relative)).StatusAsync() == 200;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
