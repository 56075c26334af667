using System.Diagnostics;
using System.Net.Sockets;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>One real RabbitMQ node on free loopback ports with everything it writes in a folder of its own; beside the one that a package may have started.</summary>
internal sealed class RabbitNode(string name, string folder, string files, int epmdPort) : IDisposable
{
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string Diagnostics = "/usr/lib/rabbitmq/bin/rabbitmq-diagnostics";
    private const string Control = "/usr/lib/rabbitmq/bin/rabbitmqctl";
    private const string Cookie = "iotattest";
    private const int LinesShown = 60;
    private static readonly TimeSpan JoinAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly int _distributionPort = FreePort.Next();
    private Process? _process;

    public int MqttPort { get; } = FreePort.Next();

    public int AmqpPort { get; } = FreePort.Next();

    /// <summary>How often it had to be told to ask for the MQTT plugins of the others again.</summary>
    public int Repairs { get; private set; }

    public int MetricsPort { get; } = FreePort.Next();

    /// <summary>Starts the Erlang port mapper, which nodes would otherwise leave behind.</summary>
    public static Process StartPortMapper(int port) => Process.Start(Tools.Find("epmd")!, ["-port", $"{port}", "-address", "127.0.0.1"]);

    /// <summary>Starts the process; <see cref="ReadyAsync"/> waits for it.</summary>
    public void Begin()
    {
        ProcessStartInfo start = new(Server) { RedirectStandardOutput = true, RedirectStandardError = true };
        string home = Path.Combine(folder, name);
        Directory.CreateDirectory(home);
        foreach ((string key, string value) in new[]
        {
            ("HOME", home),
            ("ERL_EPMD_PORT", $"{epmdPort}"),
            ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODENAME", name),
            ("RABBITMQ_DIST_PORT", $"{_distributionPort}"),
            ("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
            ("RABBITMQ_CONFIG_FILE", Path.Combine(files, "rabbitmq.conf")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(files, "enabled_plugins")),
            ("RABBITMQ_MNESIA_BASE", Path.Combine(home, "data")),
            ("RABBITMQ_LOG_BASE", Path.Combine(home, "log")),
            ("RABBITMQ_GENERATED_CONFIG_DIR", Path.Combine(home, "generated")),
            ("RABBITMQ_PID_FILE", Path.Combine(home, "pid")),

            // One scheduler: several nodes share few cores with the tests.
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", $"-kernel inet_dist_use_interface {{127,0,0,1}} -setcookie {Cookie} +S 1:1"),
        })
        {
            start.Environment[key] = value;
        }

        _process = Process.Start(start)!;
        _ = _process.StandardOutput.ReadToEndAsync();
        _ = _process.StandardError.ReadToEndAsync();
    }

    public async Task ReadyAsync()
    {
        long since = Stopwatch.GetTimestamp();
        while (!IsListening(MqttPort) || !IsListening(AmqpPort))
        {
            Assert.False(_process!.HasExited, $"{name} ended at its start:\n{Log()}");
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, $"{name} does not listen:\n{Log()}");
            await Task.Delay(100);
        }

        // Listeners come up one after the other, and one that cannot ends the node again.
        (int code, string said) = await AskAsync(Control, "await_startup");
        Assert.True(code == 0, $"{name} listens but did not start: {said}\n{Log()}");
        await JoinMqttAsync();
    }

    /// <summary>True when every quorum queue has a majority without this node: a node that listens again may still be behind.</summary>
    public async Task<bool> MayGoAsync() => (await AskAsync(Diagnostics, "check_if_node_is_quorum_critical")).ExitCode == 0;

    /// <summary>True when the MQTT plugins of the nodes that run have a leader among themselves.</summary>
    /// <remarks>True only where this node is one of them; one that is not lets no board in (docs/scale.md). A node that comes back asks the others at its start and waits up to 100 s for the
    /// answer, before it listens (mqtt_node:join_peers/3).</remarks>
    public async Task<bool> HasMqttLeaderAsync() => (await EvaluateAsync(
        "case ra:members({mqtt_node, node()}, 2000) of {ok, All, {_, Leader}} -> lists:member({mqtt_node, node()}, All) andalso lists:member(Leader, [node() | nodes()]); _ -> false end.")) == "true";

    /// <summary>Takes all topics off a queue, of which whoever listens there hears nothing.</summary>
    public Task UnbindAsync(string queue) => EvaluateAsync(
        $"[rabbit_binding:remove(B, <<\"test\">>) || B <- rabbit_binding:list_for_destination(rabbit_misc:r(<<\"/\">>, queue, <<\"{queue}\">>)), element(4, element(2, B)) =/= <<>>].");

    /// <summary>Kills it: nothing is saved.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }

    /// <summary>The last lines of what the node wrote.</summary>
    public string Log()
    {
        string log = Path.Combine(folder, name, "log");
        string[] lines = Directory.Exists(log) ? [.. Directory.GetFiles(log, $"{name}.log").SelectMany(File.ReadLines)] : [];
        return $"the last lines of {name}:\n{string.Join('\n', lines.TakeLast(LinesShown))}";
    }

    /// <summary>Copies all that the node wrote.</summary>
    public void SaveLog(string target)
    {
        string log = Path.Combine(folder, name, "log");
        Directory.CreateDirectory(target);
        foreach (string file in Directory.Exists(log) ? Directory.GetFiles(log) : [])
        {
            File.Copy(file, Path.Combine(target, $"{name}-{Path.GetFileName(file)}"), overwrite: true);
        }
    }

    public void Dispose() => Kill();

    private async Task<string> EvaluateAsync(string expression) => (await AskAsync(Control, "eval", expression)).Output.Trim();

    // What docs/scale.md tells an operator to do: look, and have it ask again.
    private async Task JoinMqttAsync()
    {
        long since = Stopwatch.GetTimestamp();
        while (!await HasMqttLeaderAsync())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, $"{name} is not taken in by the MQTT plugins of the others:\n{Log()}");
            if (Stopwatch.GetElapsedTime(since) > JoinAgain)
            {
                Repairs++;
                await EvaluateAsync("mqtt_node:start().");
            }
        }
    }

    private async Task<(int ExitCode, string Output)> AskAsync(string tool, params string[] words)
    {
        ProcessStartInfo start = new(tool, ["--erlang-cookie", Cookie, "-n", name, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = Path.Combine(folder, name);
        start.Environment["ERL_EPMD_PORT"] = $"{epmdPort}";

        // Else the tool starts a port mapper for other addresses, and leaves it behind.
        start.Environment["ERL_EPMD_ADDRESS"] = "127.0.0.1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await Task.WhenAll(output, errors, process.WaitForExitAsync());
        return (process.ExitCode, await output);
    }

    private static bool IsListening(int port)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
