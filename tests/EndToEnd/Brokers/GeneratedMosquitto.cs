using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using IotAttest.Cli;
using IotAttest.Cli.Output;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Service.Hosting;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Brokers;

/// <summary>A real mosquitto on a free loopback port, told everything by the files of <c>broker mosquitto</c>.</summary>
internal sealed class GeneratedMosquitto : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-broker-").FullName;
    private readonly int _port = FreePort.Next();
    private bool _isSecured;
    private Process? _process;

    public int Port => _port;

    public string Files => Path.Combine(_folder, "broker");

    public string CredentialFile => Path.Combine(Files, "verifier.credential");

    public string Passwords => Path.Combine(Files, "passwords");

    public Uri Url => new($"{(_isSecured ? "mqtts" : "mqtt")}://127.0.0.1:{_port}");

    private string CaFile => Path.Combine(_folder, "tls", "ca.pem");

    public static async Task<GeneratedMosquitto> StartAsync(bool isSecured = false)
    {
        GeneratedMosquitto broker = new() { _isSecured = isSecured };
        if (isSecured)
        {
            await RunAsync("tls", "init", "--out", Path.Combine(broker._folder, "tls"), "--name", "127.0.0.1", "--key", "ecdsa");
        }

        // The account counts only for a broker started by root, which could not read the temporary folder otherwise.
        await RunAsync(["broker", "mosquitto", "--out", broker.Files, "--listen", $"127.0.0.1:{broker._port}", "--account", "root", .. isSecured ? ["--tls", Path.Combine(broker._folder, "tls")] : Array.Empty<string>()]);
        await broker.StartAgainAsync();
        return broker;
    }

    /// <summary>What a verifier has to be told to be its client.</summary>
    public VerifierOptions Tell(VerifierOptions options) => options with { Broker = Url, BrokerCredentialFile = CredentialFile, BrokerCa = _isSecured ? CaFile : null };

    /// <summary>Adds boards to the passwords of the running broker.</summary>
    public Task AddAsync(params TestBoard[] boards) => AddAsync([.. boards.Select(board => (board.Ueid, board.Credential))]);

    /// <summary>Adds boards to the passwords of the running broker.</summary>
    public async Task AddAsync(IReadOnlyList<(string Ueid, string Credential)> boards)
    {
        string secrets = Path.Combine(_folder, "line.secrets.jsonl");
        await File.WriteAllLinesAsync(secrets, boards.Select(board => $$"""{"ueid":"{{board.Ueid}}","credential":"{{board.Credential}}"}"""));
        await RunAsync("broker", "mosquitto", "--out", Files, "--secrets", secrets);
        await ReadFilesAsync();
    }

    /// <summary>Has the running broker read users and rules again.</summary>
    public Task ReadFilesAsync() => SignalAsync("HUP");

    /// <summary>Makes a user for one more verifier, with the rights of the first, as docs/guides/brokers.md says: counts from the next time that the broker reads its files.</summary>
    /// <returns>The file with its credential.</returns>
    public async Task<string> AddVerifierAsync(string user)
    {
        string[] rules = await File.ReadAllLinesAsync(Path.Combine(Files, "acl"));
        await File.AppendAllLinesAsync(Path.Combine(Files, "acl"), [$"user {user}", .. rules.SkipWhile(line => !line.StartsWith("user ", StringComparison.Ordinal)).Skip(1)]);
        string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        (int exitCode, _, string errors) = await Programs.RunAsync("mosquitto_passwd", ["-b", Passwords, user, password]);
        Assert.True(exitCode == 0, errors);
        string credential = Path.Combine(Files, $"{user}.credential");
        await File.WriteAllTextAsync(credential, $"{user}:{password}\n");
        return credential;
    }

    /// <summary>Connects a board, once the broker has read its password.</summary>
    public async Task<MqttBoard> ConnectAsync(TestBoard board)
    {
        MqttBoard? connected = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    connected = await MqttBoard.ConnectAsync(board, _port, Tls());
                }
                catch (Mqtt.MqttClientException)
                {
                    // Not yet: the signal is on its way.
                }

                return connected is not null;
            },
            "mosquitto takes the board");
        return connected!;
    }

    public async Task StartAgainAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Tools.Find("mosquitto")!, ["-c", Path.Combine(Files, "mosquitto.conf")]) { RedirectStandardError = true })!;
        _ = _process.StandardError.ReadToEndAsync();
        await Eventually.TrueAsync(() => Task.FromResult(IsListening()), "mosquitto listens");
    }

    /// <summary>Ends it as an operator would (SIGTERM): it saves its sessions.</summary>
    public async Task StopAsync()
    {
        if (_process is not null)
        {
            await SignalAsync("TERM");
            await _process.WaitForExitAsync().WaitAsync(Patience.Long);
            _process.Dispose();
            _process = null;
        }
    }

    /// <summary>Ends it as a power cut does (SIGKILL): it saves nothing.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience.Long);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Runs the tool, which has to end well.</summary>
    public static async Task RunAsync(params string[] words)
    {
        using StringWriter output = new();
        CliContext context = new(new Terminal(output, output, () => Stream.Null, isInteractive: false), TimeProvider.System, _ => null, Path.GetTempPath());
        Assert.True(await Program.RunAsync(words, context) == 0, output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private SslClientAuthenticationOptions? Tls() => _isSecured
        ? new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", CertificateChainPolicy = OnlyUnder.Pem(File.ReadAllText(CaFile)) }
        : null;

    private async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("sh", ["-c", $"kill -{name} {_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    private bool IsListening()
    {
        Assert.False(_process!.HasExited, "mosquitto ended at its start");
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
