using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace IotAttest.Cli.Bench;

/// <summary>A Mosquitto on a free loopback port, without accounts: what is measured is the way through it.</summary>
internal sealed class BenchMosquitto : IBenchBroker
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private BenchMosquitto(TemporaryFolder folder, int port, Process process)
    {
        _folder = folder;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public IReadOnlyList<string> ServeOptions => ["--broker", string.Create(CultureInfo.InvariantCulture, $"mqtt://{LoopbackPort.Host}:{Port}")];

    /// <exception cref="InvalidOperationException">It is not there, or does not listen.</exception>
    public static async Task<BenchMosquitto> StartAsync(CancellationToken cancellation)
    {
        BenchMosquitto broker = Begin();
        Stopwatch watch = Stopwatch.StartNew();
        while (!await LoopbackPort.ListensAsync(broker.Port, cancellation))
        {
            if (broker._process.HasExited || watch.Elapsed > StartTime)
            {
                await broker.DisposeAsync();
                throw new InvalidOperationException("it does not listen");
            }

            await Task.Delay(50, cancellation);
        }

        return broker;
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static BenchMosquitto Begin()
    {
        TemporaryFolder folder = new();
        int port = LoopbackPort.Free();
        string configuration = Path.Combine(folder.Path, "mosquitto.conf");
        File.WriteAllText(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            listener {port} {LoopbackPort.Host}
            allow_anonymous true
            set_tcp_nodelay true
            max_inflight_messages 1000
            max_queued_messages 100000
            log_type error

            """));
        try
        {
            return new BenchMosquitto(folder, port, Process.Start("mosquitto", ["-c", configuration]));
        }
        catch (Win32Exception cause)
        {
            // Its own words name the folder this was started in.
            folder.Dispose();
            throw new InvalidOperationException("no program of this name", cause);
        }
    }
}
