using System.Diagnostics;
using System.Globalization;

namespace IotAttest.Support;

/// <summary>A PostgreSQL server of the machine's own package on a free port of 127.0.0.1, with a cluster of its own that it removes at the end.</summary>
/// <remarks>A shell holds it: when this process ends, however it does, the shell's input ends, and the shell stops the server.</remarks>
public sealed class PostgresServer : IDisposable
{
    private const string User = "iotattest";

    // $1 is the folder of the cluster; the rest is the server and its arguments.
    private const string Holder = """folder="$1"; shift; "$@" </dev/null >"$folder/server.log" 2>&1 & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf "$folder" """;

    // The exit code of pg_ctl status.
    private const int NotRunning = 3;

    // On a small disk the log has few small segments, so that it turns over within a test.
    private static readonly string[] SmallLog = ["-c", "min_wal_size=2MB", "-c", "max_wal_size=4MB"];

    private static readonly Lazy<PostgresServer> OfThisProcess = new(() => new PostgresServer(isSafe: false));

    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-postgres-").FullName;
    private readonly bool _isSafe;
    private readonly bool _isSmall;
    private readonly string? _cluster;
    private Process _holder;

    /// <param name="isSafe">True flushes to the disk as a server in use does; tests that only ask questions are faster without.</param>
    /// <param name="cluster">A folder to be made for the data, on a disk of the test's own; the server's own folder when null.</param>
    /// <param name="log">The same for the write-ahead log; with the data when null.</param>
    public PostgresServer(bool isSafe, string? cluster = null, string? log = null)
    {
        _isSafe = isSafe;
        _cluster = cluster;
        Port = FreePort.Next();
        Own(_folder, Path.GetDirectoryName(cluster), Path.GetDirectoryName(log));

        _isSmall = cluster is not null || log is not null;
        string[] segments = _isSmall ? ["--wal-segsize=1"] : [];
        string[] logPlace = log is null ? [] : [$"--waldir={log}"];
        Run([.. AsUser, Program("initdb"), "-D", Cluster, "-U", User, "--auth=trust", "-E", "UTF8", "--no-locale", "--no-sync", .. segments, .. logPlace]);
        _holder = Start();
    }

    /// <summary>The server that tests of this process share; each takes a database of its own.</summary>
    public static PostgresServer Shared => OfThisProcess.Value;

    /// <summary>Null when PostgreSQL is installed (or all tools are required), else the reason a test runner shows.</summary>
    public static string? ReasonToSkip => Tools.RequireAll || ProgramFolder is not null ? null : "needs a PostgreSQL server (initdb and postgres on PATH or in /usr/lib/postgresql/*/bin)";

    /// <summary>The port on 127.0.0.1; stays when the server is started again.</summary>
    public int Port { get; }

    private static bool IsRoot => Environment.UserName == "root";

    // The server refuses to run as root.
    private static string[] AsUser => IsRoot ? [Tools.Find("setpriv") ?? "setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] : [];

    // Debian keeps the servers of all versions beside each other; elsewhere they are on PATH.
    private static string? ProgramFolder { get; } =
        Versions().Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max() ?? Path.GetDirectoryName(Tools.Find("initdb"));

    private string Cluster => _cluster ?? Path.Combine(_folder, "cluster");

    private string ServerLog => Path.Combine(_folder, "server.log");

    /// <summary>What tells programs of PostgreSQL how to reach it.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables => [("PGHOST", "127.0.0.1"), ("PGPORT", Port.ToString(CultureInfo.InvariantCulture)), ("PGUSER", User)];

    /// <summary>The connection string of a database on it.</summary>
    public string To(string database) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Database={database};Username={User};Maximum Pool Size=40");

    /// <summary>Where a program of the server's package is.</summary>
    public static string Program(string name) => Path.Combine(ProgramFolder ?? "", name);

    /// <summary>Stops it at once, as a power cut does to those connected; the data stay.</summary>
    public void Stop()
    {
        Run([.. AsUser, Program("pg_ctl"), "stop", "-D", Cluster, "-m", "immediate"]);
    }

    /// <summary>Starts it again after <see cref="Stop"/>.</summary>
    public void StartAgain()
    {
        // The holder that is left removes the folder when its input ends: it must not.
        _holder.Kill();
        _holder.Dispose();
        _holder = Start();
    }

    /// <summary>Starts it again when it ended by itself, as its service manager would.</summary>
    public void StartAgainIfEnded()
    {
        if (RunToEnd([.. AsUser, Program("pg_ctl"), "status", "-D", Cluster]).ExitCode == NotRunning)
        {
            StartAgain();
        }
    }

    /// <summary>What the server wrote into its log since it was started last.</summary>
    public string ReadServerLog()
    {
        using StreamReader reader = new(new FileStream(ServerLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        _holder.StandardInput.Close();
        _holder.WaitForExit(TimeSpan.FromSeconds(20));
        _holder.Dispose();
    }

    private static string[] Versions() => Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];

    private static void Run(params string[] command)
    {
        (int exitCode, string output) = RunToEnd(command);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {exitCode}: {output}");
        }
    }

    private static (int ExitCode, string Output) RunToEnd(string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        string output = process.StandardOutput.ReadToEndAsync().Result + process.StandardError.ReadToEndAsync().Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static void Own(params string?[] folders)
    {
        foreach (string folder in IsRoot ? folders.OfType<string>() : [])
        {
            Run("chown", "postgres", folder);
        }
    }

    private Process Start()
    {
        string[] server =
        [
            Program("postgres"), "-D", Cluster, "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", _folder, "-c", "listen_addresses=127.0.0.1",
            "-c", "max_connections=500", "-c", _isSafe ? "fsync=on" : "fsync=off", "-c", _isSafe ? "full_page_writes=on" : "full_page_writes=off",
            .. _isSmall ? SmallLog : [],
        ];
        string[] command = [.. AsUser, "/bin/sh", "-c", Holder, "holder", _folder, .. server];
        Process holder = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/" })!;
        Stopwatch watch = Stopwatch.StartNew();
        while (!IsReady())
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(60) || holder.HasExited)
            {
                throw new InvalidOperationException($"PostgreSQL did not start: {File.ReadAllText(ServerLog)}");
            }

            Thread.Sleep(50);
        }

        return holder;
    }

    private bool IsReady()
    {
        using Process process = Process.Start(new ProcessStartInfo(Program("pg_isready"), ["-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-q"]))!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
