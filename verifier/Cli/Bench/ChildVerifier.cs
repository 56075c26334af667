using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace IotAttest.Cli.Bench;

/// <summary>A verifier in a process of its own (<c>serve</c>), as a user would run it; it can be killed and started again on its data.</summary>
internal sealed class ChildVerifier : IDisposable
{
    private readonly Process _process;

    private ChildVerifier(Process process, Uri http, string mqttHost, int mqttPort, string? mqtts, string dataDirectory)
    {
        _process = process;
        Http = http;
        MqttHost = mqttHost;
        MqttPort = mqttPort;
        Mqtts = mqtts;
        DataDirectory = dataDirectory;
    }

    /// <summary>The variables that unit file and container set for the runtime and the C library: figures are those of a verifier as it is deployed.</summary>
    public static IReadOnlyList<(string Name, string Value)> Deployed { get; } = [("MALLOC_ARENA_MAX", "1"), ("DOTNET_GCgen0size", "0x4000000")];

    public Uri Http { get; }

    public string MqttHost { get; }

    public int MqttPort { get; }

    /// <summary>Address and port of MQTT over TLS, or null.</summary>
    public string? Mqtts { get; }

    public string DataDirectory { get; }

    public int ProcessId => _process.Id;

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Seconds of processor time since its start.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Starts a verifier on free loopback ports and waits until it says where it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static Task<ChildVerifier> StartAsync(string dataDirectory, CancellationToken cancellation, params string[] options) =>
        StartWithAsync(dataDirectory, [], cancellation, options);

    /// <summary>Starts it with variables of the environment.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static async Task<ChildVerifier> StartWithAsync(
        string dataDirectory, IReadOnlyCollection<(string Name, string Value)> environment, CancellationToken cancellation, params string[] options)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" || typeof(ChildVerifier).Assembly.GetName().Name != Path.GetFileNameWithoutExtension(Environment.ProcessPath))
        {
            start.FileName = "dotnet";
            start.ArgumentList.Add(typeof(ChildVerifier).Assembly.Location);
        }

        string[] http = options.Contains("--http") ? [] : ["--http", "127.0.0.1:0"];
        foreach (string argument in (string[])["serve", "--json", "--data", dataDirectory, .. http, "--mqtt", "127.0.0.1:0", "--board-messages", "100000", .. options])
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in Deployed.Concat(environment))
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string? line = await process.StandardOutput.ReadLineAsync(cancellation);
        if (line is null)
        {
            throw new InvalidOperationException($"The verifier did not start: {await errors}");
        }

        using JsonDocument ready = JsonDocument.Parse(line);
        string[] mqtt = ready.RootElement.GetProperty("mqtt").GetString()!.Split(':');
        return new ChildVerifier(process, new Uri(ready.RootElement.GetProperty("http").GetString()!), mqtt[0], int.Parse(mqtt[1], System.Globalization.CultureInfo.InvariantCulture), ready.RootElement.GetProperty("mqtts").GetString(), dataDirectory);
    }

    public string OperatorToken => File.ReadAllText(Path.Combine(DataDirectory, "operator.token")).Trim();

    /// <summary>A client with the operator's token.</summary>
    public HttpClient Operator() =>
        new() { BaseAddress = Http, Timeout = TimeSpan.FromMinutes(10), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", OperatorToken) } };

    /// <summary>Ends the process at once, as a power cut would (SIGKILL).</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>Asks it to end as a service manager does (SIGTERM), and gives the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
