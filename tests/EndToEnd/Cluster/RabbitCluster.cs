using System.Diagnostics;
using System.Net.Security;
using System.Text;
using IotAttest.Cli;
using IotAttest.Cli.Output;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Mqtt;
using IotAttest.Service.Hosting;
using IotAttest.Support;
using RabbitMQ.Client;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>Real RabbitMQ nodes, told everything by the files of <c>broker rabbitmq</c>; each asks the verifier on its own machine, or the only one there is.</summary>
internal sealed class RabbitCluster : IAsyncDisposable
{
    private const string Password = "iotattest-verifier:";

    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-rabbit-").FullName;
    private readonly int[] _httpPorts;
    private readonly bool _isSecured;
    private readonly Process _portMapper;

    private RabbitCluster(int epmdPort, int count, int verifiers, bool isSecured)
    {
        _httpPorts = [.. Enumerable.Range(0, verifiers).Select(_ => FreePort.Next())];
        _isSecured = isSecured;
        _portMapper = RabbitNode.StartPortMapper(epmdPort);
        Nodes = [.. Enumerable.Range(1, count).Select(number => new RabbitNode($"n{number}@localhost", _folder, FilesOf(number), epmdPort))];
    }

    public RabbitNode[] Nodes { get; }

    /// <summary>Where the nodes ask the first verifier.</summary>
    public string HttpAddress => HttpAddressOf(0);

    public string CredentialFile => Path.Combine(FilesOf(1), "verifier.credential");

    public string AccessFile => Path.Combine(FilesOf(1), "access.secret");

    /// <summary>The root of the nodes' certificates.</summary>
    public string CaFile => Path.Combine(TlsFolder, "ca.pem");

    public string Url => $"{(_isSecured ? "amqps" : "amqp")}://{string.Join(',', Nodes.Select(node => $"127.0.0.1:{node.AmqpPort}"))}";

    private string TlsFolder => Path.Combine(_folder, "tls");

    /// <summary>Starts the nodes.</summary>
    /// <param name="count">How many: 1 or 3.</param>
    /// <param name="verifiers">How many verifiers they ask: 1, or one for each node.</param>
    /// <param name="isSecured">True for TLS towards boards and verifiers, with certificates of <c>tls init</c>.</param>
    public static async Task<RabbitCluster> StartAsync(int count, int verifiers = 1, bool isSecured = false)
    {
        RabbitCluster cluster = new(FreePort.Next(), count, verifiers, isSecured);
        if (isSecured)
        {
            await RunAsync("tls", "init", "--out", cluster.TlsFolder, "--name", "127.0.0.1", "--key", "ecdsa");
        }

        for (int number = 1; number <= count; number++)
        {
            await cluster.WriteAsync(number);
        }

        // One after the other: those that start at once wait for each other in steps of half a second, and give up after ten.
        foreach (RabbitNode node in cluster.Nodes)
        {
            node.Begin();
            await node.ReadyAsync();
        }

        return cluster;
    }

    public string HttpAddressOf(int verifier) => $"127.0.0.1:{_httpPorts[verifier]}";

    /// <summary>What one of the verifiers has to be told in words of <c>serve</c>.</summary>
    public string[] Words(int verifier) =>
    [
        "--http", HttpAddressOf(verifier), "--cluster", Url, "--cluster-credential-file", CredentialFile, "--cluster-access-file", AccessFile, .. Nodes.SelectMany(node => new[] { "--cluster-mqtt", $"mqtt://127.0.0.1:{node.MqttPort}" }),
    ];

    /// <summary>What a verifier has to be told.</summary>
    public VerifierOptions Tell(VerifierOptions options) => options with
    {
        Http = HttpAddress,
        Cluster = Url,
        ClusterCredentialFile = CredentialFile,
        ClusterAccessFile = AccessFile,
        ClusterCa = _isSecured ? CaFile : null,
        ClusterMqtt = [.. Nodes.Select(node => new Uri($"{(_isSecured ? "mqtts" : "mqtt")}://127.0.0.1:{node.MqttPort}"))],
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
        long since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await MqttBoard.ConnectAsync(board, Nodes[node].MqttPort, Tls());
            }
            catch (MqttClientException refused)
            {
                Assert.True(Stopwatch.GetElapsedTime(since) < Patience.Long, $"for {Patience.Long} node {node + 1} did not take a board: {refused.Message}\n{Nodes[node].Log()}");
                await Task.Delay(20);
            }
        }
    }

    public MqttClientOptions OptionsOf(TestBoard board, string? password = null, string? clientId = null, MqttMessage? will = null) => new()
    {
        Host = "127.0.0.1",
        Port = Nodes[0].MqttPort,
        ClientId = clientId ?? board.Ueid,
        UserName = board.Ueid,
        Password = Encoding.UTF8.GetBytes(password ?? board.Credential),
        Will = will,
        Tls = Tls(),
    };

    /// <summary>The last lines of what all nodes wrote.</summary>
    public string Logs() => string.Join('\n', Nodes.Select(node => node.Log()));

    public async ValueTask DisposeAsync()
    {
        foreach (RabbitNode node in Nodes)
        {
            node.Dispose();
            if (Environment.GetEnvironmentVariable("IOTATTEST_KEEP_LOGS") is { Length: > 0 } kept)
            {
                node.SaveLog(Path.Combine(kept, Path.GetFileName(_folder)));
            }
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
        await RunAsync(
        [
            "broker", "rabbitmq", "--out", FilesOf(number), "--verifier", $"http://{HttpAddressOf((number - 1) % _httpPorts.Length)}", "--mqtt", $"127.0.0.1:{node.MqttPort}", "--amqp", $"127.0.0.1:{node.AmqpPort}",
            "--metrics", $"127.0.0.1:{node.MetricsPort}", .. names, .. _isSecured ? ["--tls", TlsFolder] : Array.Empty<string>(),
        ]);
    }

    private SslClientAuthenticationOptions? Tls() => _isSecured
        ? new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", CertificateChainPolicy = OnlyUnder.Pem(File.ReadAllText(CaFile)) }
        : null;

    private static async Task RunAsync(params string[] words)
    {
        using StringWriter output = new();
        CliContext context = new(new Terminal(output, output, () => Stream.Null, isInteractive: false), TimeProvider.System, _ => null, Path.GetTempPath());
        Assert.True(await Program.RunAsync(words, context) == 0, output.ToString());
    }
}
