using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace IotAttest.Cli.Bench;

/// <summary>A Mosquitto on a free loopback port, without accounts: what is measured is the way through it.</summary>
internal sealed class BenchMosquitto : IDisposable
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

    public static string Host => "127.0.0.1";

    public int Port { get; }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"mqtt://{Host}:{Port}");

    /// <exception cref="InvalidOperationException">It is not there, or does not listen.</exception>
    public static async Task<BenchMosquitto> StartAsync(CancellationToken cancellation)
    {
        BenchMosquitto broker = Begin();
        Stopwatch watch = Stopwatch.StartNew();
        while (!await broker.ListensAsync(cancellation))
        {
            if (broker._process.HasExited || watch.Elapsed > StartTime)
            {
                broker.Dispose();
                throw new InvalidOperationException("mosquitto did not start to listen.");
            }

            await Task.Delay(50, cancellation);
        }

        return broker;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    private static BenchMosquitto Begin()
    {
        TemporaryFolder folder = new();
        int port = FreePort();
        string configuration = Path.Combine(folder.Path, "mosquitto.conf");
        File.WriteAllText(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            listener {port} {Host}
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
            folder.Dispose();
            throw new InvalidOperationException(cause.Message, cause);
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> ListensAsync(CancellationToken cancellation)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(Host, Port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
