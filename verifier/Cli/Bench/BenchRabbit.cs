using System.Diagnostics;
using System.Globalization;
using System.Net;
using IotAttest.Cli.Commands.Broker;

namespace IotAttest.Cli.Bench;

/// <summary>One RabbitMQ node on free loopback ports, told what <c>broker rabbitmq</c> writes, with everything of its own in one folder.</summary>
/// <remarks>Boards log in as they do in use: the node asks the verifier about each.</remarks>
internal sealed class BenchRabbit : IBenchBroker
{
    private const string Node = "bench@localhost";
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();
    private readonly int _mapperPort = LoopbackPort.Free();
    private readonly int _amqpPort = LoopbackPort.Free();
    private readonly int _httpPort = LoopbackPort.Free();
    private readonly RabbitFolder _files;
    private readonly Process _mapper;
    private readonly Process _node;

    private BenchRabbit(RabbitPrograms programs)
    {
        _files = new RabbitFolder(Path.Combine(_folder.Path, "files"));
        BrokerRabbit.Write(_files, new RabbitPlan([], Loopback(Port), Loopback(_amqpPort), Loopback(LoopbackPort.Free()), new Uri($"http://{Loopback(_httpPort)}"), null, null));
        _mapper = Process.Start(programs.PortMapper, ["-port", Text(_mapperPort), "-address", LoopbackPort.Host]);
        _node = Process.Start(StartInfo(programs.Server))!;
        _ = _node.StandardOutput.ReadToEndAsync();
        _ = _node.StandardError.ReadToEndAsync();
    }

    public int Port { get; } = LoopbackPort.Free();

    /// <summary>The node asks at one address, so the verifier listens there and nowhere else.</summary>
    public IReadOnlyList<string> ServeOptions =>
    [
        "--http", $"{Loopback(_httpPort)}",
        "--cluster", $"amqp://{Loopback(_amqpPort)}",
        "--cluster-credential-file", _files.Credential,
        "--cluster-access-file", _files.Access,
        "--cluster-mqtt", $"mqtt://{Loopback(Port)}",
    ];

    private string Home => Path.Combine(_folder.Path, "node");

    /// <exception cref="InvalidOperationException">It does not listen.</exception>
    public static async Task<BenchRabbit> StartAsync(RabbitPrograms programs, CancellationToken cancellation)
    {
        BenchRabbit broker = new(programs);
        try
        {
            await broker.ReadyAsync(cancellation);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        End(_node);
        End(_mapper);
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IPEndPoint Loopback(int port) => new(IPAddress.Loopback, port);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    // Beside the node that a package may have started, which has the usual ports, names and folders.
    private ProcessStartInfo StartInfo(string server)
    {
        Directory.CreateDirectory(Home);
        ProcessStartInfo start = new(server) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in new[]
        {
            ("HOME", Home),
            ("ERL_EPMD_PORT", Text(_mapperPort)),
            ("ERL_EPMD_ADDRESS", LoopbackPort.Host),
            ("RABBITMQ_NODENAME", Node),
            ("RABBITMQ_DIST_PORT", Text(LoopbackPort.Free())),
            ("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
            ("RABBITMQ_CONFIG_FILE", _files.Configuration),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", _files.Plugins),
            ("RABBITMQ_MNESIA_BASE", Path.Combine(Home, "data")),
            ("RABBITMQ_LOG_BASE", Path.Combine(Home, "log")),
            ("RABBITMQ_GENERATED_CONFIG_DIR", Path.Combine(Home, "generated")),
            ("RABBITMQ_PID_FILE", Path.Combine(Home, "pid")),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
        })
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private async Task ReadyAsync(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!await LoopbackPort.ListensAsync(Port, cancellation) || !await LoopbackPort.ListensAsync(_amqpPort, cancellation))
        {
            if (_node.HasExited || watch.Elapsed > StartTime)
            {
                throw new InvalidOperationException($"rabbitmq-server {(_node.HasExited ? "ended at its start" : "does not listen")}: {LastOfLog()}");
            }

            await Task.Delay(100, cancellation);
        }
    }

    private string LastOfLog()
    {
        const int Kept = 2_000;
        string folder = Path.Combine(Home, "log");
        string log = Directory.Exists(folder) ? string.Join('\n', Directory.GetFiles(folder).Select(File.ReadAllText)) : "it wrote no log";
        return log[^Math.Min(log.Length, Kept)..];
    }
}
