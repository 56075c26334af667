using System.Diagnostics;
using System.Net.Sockets;
using IotAttest.Support;

namespace IotAttest.Mqtt.Tests;

/// <summary>A real mosquitto broker on a free loopback port, with its state in a temporary folder.</summary>
public sealed class Mosquitto : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-mosquitto-").FullName;
    private Process? _process;

    public int Port { get; } = FreePort.Next();

    public static async Task<Mosquitto> StartAsync()
    {
        Mosquitto broker = new();
        await broker.RunAsync();
        return broker;
    }

    /// <summary>Ends the broker as an operator would (SIGTERM: it saves its sessions).</summary>
    public async Task StopAsync()
    {
        if (_process is null)
        {
            return;
        }

        using Process kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
        await kill.WaitForExitAsync();
        await Until.DoneAsync(_process.WaitForExitAsync());
        _process.Dispose();
        _process = null;
    }

    public async Task RunAsync()
    {
        string configuration = Path.Combine(_folder, "mosquitto.conf");

        // "user root" counts only for a broker started by root, which could not write the temporary folder otherwise.
        string[] lines =
        [
            $"listener {Port} 127.0.0.1", "allow_anonymous true", "persistence true", $"persistence_location {_folder}/", "user root",
            "max_inflight_messages 0", "max_queued_messages 0",
        ];
        await File.WriteAllLinesAsync(configuration, lines);
        _process = Programs.Start("mosquitto", ["-c", configuration], _folder);
        _ = _process.StandardError.ReadToEndAsync();
        await Until.TrueAsync(IsListening, "mosquitto listens");
    }

    public Task<MqttClientConnection> ConnectAsync(string clientId, Func<MqttMessage, ValueTask>? onMessage = null, bool cleanSession = true) =>
        MqttClientConnection.ConnectAsync(new MqttClientOptions
        {
            Host = "127.0.0.1",
            Port = Port,
            ClientId = clientId,
            CleanSession = cleanSession,
            OnMessage = onMessage,
        });

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private bool IsListening()
    {
        Assert.False(_process!.HasExited, "mosquitto ended at its start");
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
