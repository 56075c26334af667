using System.Diagnostics;
using System.Net.Sockets;

using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>A real broker on a loopback port, which a test may kill and start again.</summary>
internal sealed class Mosquitto : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-mosquitto").FullName;
    private readonly string _configuration;
    private string? _usersFolder;
    private Process? _process;

    public Mosquitto(params string[] settings)
    {
        Port = FreePort.Next();
        _configuration = Path.Combine(_folder, "mosquitto.conf");
        string[] lines = [$"listener {Port} 127.0.0.1", "persistence false", "log_type error", "max_inflight_messages 0", .. settings.Length == 0 ? ["allow_anonymous true"] : settings];
        File.WriteAllLines(_configuration, lines);
        Start();
    }

    public int Port { get; }

    /// <summary>A broker that knows one user; any other is refused with return code 5.</summary>
    public static Mosquitto WithUser(string name, string password)
    {
        string folder = Directory.CreateTempSubdirectory("iotattest-users").FullName;
        string file = Path.Combine(folder, "users");
        using Process process = Process.Start(Tools.Find("mosquitto_passwd")!, ["-b", "-c", file, name, password]);
        process.WaitForExit();
        if (OperatingSystem.IsLinux())
        {
            // Started by root the broker drops to a user of its own.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
        }

        return new Mosquitto("allow_anonymous false", $"password_file {file}") { _usersFolder = folder };
    }

    public void Start()
    {
        _process = Process.Start(new ProcessStartInfo(Tools.Find("mosquitto")!, ["-c", _configuration]) { RedirectStandardError = true })!;
        Eventually.Holds(IsListening, "mosquitto listens");
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }

        Directory.Delete(_folder, recursive: true);
        if (_usersFolder is not null)
        {
            Directory.Delete(_usersFolder, recursive: true);
        }
    }

    private bool IsListening()
    {
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
