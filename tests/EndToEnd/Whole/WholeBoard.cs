using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using IotAttest.Cli.Bench;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Whole;

/// <summary>A board at one node of the whole, steered step by step.</summary>
internal sealed class WholeBoard : IAsyncDisposable
{
    private const string Maker = "replay-maker";

    private readonly Channel<MqttMessage> _heard = Channel.CreateUnbounded<MqttMessage>();
    private readonly EvidenceMaker _maker;
    private MqttClientConnection _connection = null!;
    private string _refused = "";

    private WholeBoard(EvidenceMaker maker) => _maker = maker;

    public string Ueid => _maker.Ueid;

    /// <summary>Enrols a board and connects it to a node.</summary>
    public static async Task<WholeBoard> ConnectAsync(WholeCluster whole, int node, string freshness = "challenge")
    {
        byte[] ueid = Convert.FromHexString(Boards.NewUeid());
        EvidenceMaker maker = new(ueid, System.Security.Cryptography.RandomNumberGenerator.GetBytes(32), null, null, Guid.Parse(Boards.Class), 32473, BenchFirmware.Components);
        using HttpClient http = whole.Verifiers[0].Operator();

        // The second board finds it there already.
        Assert.Contains(await http.PostJsonAsync("/v1/organisations", new { name = Maker, roles = new[] { "manufacturer" }, keys = Array.Empty<string>() }).StatusAsync(), new[] { 200, 201, 409 });
        JsonObject record = Boards.Hmac(maker.Ueid, maker.Secret, Maker).With("credential", maker.Credential).With("freshness", freshness);
        Assert.Equal(201, await http.PostTextAsync("/v1/devices", record.ToJsonString()).StatusAsync());
        foreach (ChildVerifier verifier in whole.Verifiers)
        {
            // What one stored, an idle one shows a fifth of a second later (ADR 0033).
            using HttpClient client = verifier.Operator();
            await Eventually.TrueAsync(async () => await client.GetAsync(new Uri($"/v1/devices/{maker.Ueid}", UriKind.Relative)).StatusAsync() == 200, "every verifier knows the board");
        }

        WholeBoard board = new(maker);
        await Eventually.TrueAsync(() => board.TryConnectAsync(whole.Rabbit.Nodes[node].MqttPort), "the node takes the board", () => $"{board._refused}\n{whole.Rabbit.Logs()}");
        foreach (string topic in (string[])[Topics.Challenge(board.Ueid), Topics.Result(board.Ueid)])
        {
            await board._connection.SubscribeAsync(topic, MqttQualityOfService.AtLeastOnce);
        }

        return board;
    }

    /// <summary>Evidence for a challenge; each has a later uptime, and so other bytes.</summary>
    public byte[] Evidence(byte[] nonce) => _maker.Make(nonce);

    public async Task<byte[]> HelloAsync()
    {
        await _connection.PublishAsync(Topics.Hello(Ueid), default);
        return await NextAsync(Topics.Challenge(Ueid));
    }

    /// <summary>Puts it into the queue, for whichever verifier comes next.</summary>
    public Task PublishAsync(byte[] evidence) => _connection.PublishAsync(Topics.Evidence(Ueid), evidence).AsTask().WaitAsync(Patience.Long);

    public Task<byte[]> ResultAsync() => NextAsync(Topics.Result(Ueid));

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _maker.Dispose();
    }

    private async Task<bool> TryConnectAsync(int port)
    {
        try
        {
            _connection = await MqttClientConnection.ConnectAsync(new MqttClientOptions
            {
                Host = "127.0.0.1",
                Port = port,
                ClientId = Ueid,
                UserName = Ueid,
                Password = Encoding.ASCII.GetBytes(_maker.Credential),
                OnMessage = message =>
                {
                    _heard.Writer.TryWrite(message with { Payload = message.Payload.ToArray() });
                    return ValueTask.CompletedTask;
                },
            });
            return true;
        }
        catch (MqttClientException refused)
        {
            // The verifier beside that node has not heard of the board yet.
            _refused = refused.Message;
            return false;
        }
    }

    private async Task<byte[]> NextAsync(string topic)
    {
        while (true)
        {
            MqttMessage message = await _heard.Reader.ReadAsync().AsTask().WaitAsync(Patience.Long);
            if (message.Topic == topic)
            {
                return message.Payload.ToArray();
            }
        }
    }
}
