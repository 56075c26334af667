using System.Diagnostics;
using System.Text;
using IotAttest.Cli;
using IotAttest.Cli.Output;
using IotAttest.Mqtt;
using IotAttest.Service.Hosting;
using IotAttest.Support;
using RabbitMQ.Client;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>Real RabbitMQ nodes, told everything by the files of <c>broker rabbitmq</c>, for verifiers at one HTTP address that the nodes ask.</summary>
internal sealed class RabbitCluster : IAsyncDisposable
{
    private const string Password = "iotattest-verifier:";

    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-rabbit-").FullName;
    private readonly int _httpPort = FreePort.Next();
    private readonly Process _portMapper;

    private RabbitCluster(int epmdPort, int count)
    {
        _portMapper = RabbitNode.StartPortMapper(epmdPort);
        Nodes = [.. Enumerable.Range(1, count).Select(number => new RabbitNode($"n{number}@localhost", _folder, FilesOf(number), epmdPort))];
    }

    public RabbitNode[] Nodes { get; }

    public string HttpAddress => $"127.0.0.1:{_httpPort}";

    public string CredentialFile => Path.Combine(FilesOf(1), "verifier.credential");

    public string AccessFile => Path.Combine(FilesOf(1), "access.secret");

    public string Url => $"amqp://{string.Join(',', Nodes.Select(node => $"127.0.0.1:{node.AmqpPort}"))}";

    public static async Task<RabbitCluster> StartAsync(int count)
    {
        RabbitCluster cluster = new(FreePort.Next(), count);
        for (int number = 1; number <= count; number++)
        {
            await cluster.WriteAsync(number);
            cluster.Nodes[number - 1].Begin();
        }

        await Task.WhenAll(cluster.Nodes.Select(node => node.ReadyAsync()));
        return cluster;
    }

    /// <summary>What a verifier has to be told.</summary>
    public VerifierOptions Tell(VerifierOptions options) => options with
    {
        Http = HttpAddress,
        Cluster = Url,
        ClusterCredentialFile = CredentialFile,
        ClusterAccessFile = AccessFile,
        ClusterMqtt = [.. Nodes.Select(node => new Uri($"mqtt://127.0.0.1:{node.MqttPort}"))],
    };

    /// <summary>Starts a verifier of this cluster and waits until it takes evidence from it.</summary>
    public async Task<VerifierUnderTest> StartVerifierAsync(Func<VerifierOptions, VerifierOptions>? change = null)
    {
        VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => (change ?? (same => same))(Tell(options)));
        await verifier.ReadyAsync();
        return verifier;
    }

    /// <summary>Connects as the verifiers do, to look at queues and to do what only they may.</summary>
    public Task<IConnection> ConnectAsync()
    {
        string password = File.ReadAllText(CredentialFile).Trim()[Password.Length..];
        ConnectionFactory factory = new() { UserName = Password[..^1], Password = password, AutomaticRecoveryEnabled = false };
        return factory.CreateConnectionAsync(Nodes.Select(node => new AmqpTcpEndpoint("127.0.0.1", node.AmqpPort)));
    }

    /// <summary>Connects a board; the cluster may need a moment until a verifier answers it.</summary>
    public async Task<MqttBoard> ConnectAsync(TestBoard board, int node = 0)
    {
        MqttBoard? connected = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    connected = await MqttBoard.ConnectAsync(board, Nodes[node].MqttPort);
                }
                catch (MqttClientException)
                {
                    // Not yet.
                }

                return connected is not null;
            },
            "the cluster takes the board");
        return connected!;
    }

    public MqttClientOptions OptionsOf(TestBoard board, string? password = null, string? clientId = null, MqttMessage? will = null) => new()
    {
        Host = "127.0.0.1",
        Port = Nodes[0].MqttPort,
        ClientId = clientId ?? board.Ueid,
        UserName = board.Ueid,
        Password = Encoding.UTF8.GetBytes(password ?? board.Credential),
        Will = will,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (RabbitNode node in Nodes)
        {
            node.Dispose();
        }

        _portMapper.Kill();
        await _portMapper.WaitForExitAsync();
        _portMapper.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string FilesOf(int number) => Path.Combine(_folder, $"files{number}");

    private async Task WriteAsync(int number)
    {
        RabbitNode node = Nodes[number - 1];
        if (number > 1)
        {
            // Nodes of one cluster have one password and one secret; on machines of their own they would have the same files altogether.
            Directory.CreateDirectory(FilesOf(number));
            File.Copy(CredentialFile, Path.Combine(FilesOf(number), Path.GetFileName(CredentialFile)));
            File.Copy(AccessFile, Path.Combine(FilesOf(number), Path.GetFileName(AccessFile)));
        }

        string[] names = Nodes.Length == 1 ? [] : [.. Enumerable.Range(1, Nodes.Length).SelectMany(other => new[] { "--node", $"n{other}@localhost" })];
        using StringWriter output = new();
        CliContext context = new(new Terminal(output, output, () => Stream.Null, isInteractive: false), TimeProvider.System, _ => null, Path.GetTempPath());
        string[] words =
        [
            "broker", "rabbitmq", "--out", FilesOf(number), "--verifier", $"http://{HttpAddress}", "--mqtt", $"127.0.0.1:{node.MqttPort}", "--amqp", $"127.0.0.1:{node.AmqpPort}", "--metrics", $"127.0.0.1:{node.MetricsPort}", .. names,
        ];
        Assert.True(await Program.RunAsync(words, context) == 0, output.ToString());
    }
}
