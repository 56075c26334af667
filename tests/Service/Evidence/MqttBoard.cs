using System.Net.Security;
using System.Text;
using System.Threading.Channels;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>The MQTT connection of a test board: what it receives, by topic.</summary>
internal sealed class MqttBoard : IAsyncDisposable
{
    private readonly string _ueid;
    private readonly Channel<MqttMessage> _challenges = Channel.CreateUnbounded<MqttMessage>();
    private readonly Channel<MqttMessage> _results = Channel.CreateUnbounded<MqttMessage>();
    private readonly Channel<MqttMessage> _epochs = Channel.CreateUnbounded<MqttMessage>();

    private MqttBoard(string ueid) => _ueid = ueid;

    public MqttClientConnection Connection { get; private set; } = null!;

    public bool HasResult => _results.Reader.Count > 0;

    public bool HasChallenge => _challenges.Reader.Count > 0;

    /// <summary>Connects and subscribes to everything the board may read.</summary>
    public static Task<MqttBoard> ConnectAsync(VerifierUnderTest verifier, TestBoard board) => ConnectAsync(board, verifier.MqttPort);

    /// <summary>Connects to whatever listens at a port of this machine, and subscribes to everything the board may read.</summary>
    public static async Task<MqttBoard> ConnectAsync(TestBoard board, int port, SslClientAuthenticationOptions? tls = null)
    {
        MqttBoard connected = new(board.Ueid);
        connected.Connection = await MqttClientConnection.ConnectAsync(Options(board, port, connected.Sort, tls: tls));
        foreach (string topic in new[] { Topics.Challenge(board.Ueid), Topics.Result(board.Ueid), Topics.Epoch })
        {
            Assert.Equal(MqttQualityOfService.AtLeastOnce, await connected.Connection.SubscribeAsync(topic, MqttQualityOfService.AtLeastOnce));
        }

        return connected;
    }

    public static MqttClientOptions Options(VerifierUnderTest verifier, TestBoard board, Func<MqttMessage, ValueTask>? onMessage = null, string? password = null) =>
        Options(board, verifier.MqttPort, onMessage, password);

    /// <summary>Asks for a challenge and waits for it.</summary>
    public async Task<byte[]> HelloAsync()
    {
        await Connection.PublishAsync(Topics.Hello(_ueid), default);
        return await ChallengeAsync();
    }

    /// <summary>Publishes and waits for the PUBACK.</summary>
    public Task PublishEvidenceAsync(byte[] evidence, bool retain = false) =>
        Connection.PublishAsync(Topics.Evidence(_ueid), evidence, retain: retain).AsTask().WaitAsync(Patience.Long);

    public async Task<byte[]> ChallengeAsync() => (await NextAsync(_challenges)).Payload.ToArray();

    public async Task<byte[]> ResultAsync() => (await NextAsync(_results)).Payload.ToArray();

    public Task<MqttMessage> EpochAsync() => NextAsync(_epochs);

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private static MqttClientOptions Options(TestBoard board, int port, Func<MqttMessage, ValueTask>? onMessage, string? password = null, SslClientAuthenticationOptions? tls = null) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        ClientId = board.Ueid,
        UserName = board.Ueid,
        Password = Encoding.UTF8.GetBytes(password ?? board.Credential),
        Tls = tls,
        OnMessage = onMessage,
    };

    private static async Task<MqttMessage> NextAsync(Channel<MqttMessage> channel) => await channel.Reader.ReadAsync().AsTask().WaitAsync(Patience.Long);

    private ValueTask Sort(MqttMessage message)
    {
        Channel<MqttMessage> channel = message.Topic == Topics.Epoch ? _epochs : message.Topic == Topics.Result(_ueid) ? _results : _challenges;
        channel.Writer.TryWrite(message with { Payload = message.Payload.ToArray() });
        return ValueTask.CompletedTask;
    }
}
