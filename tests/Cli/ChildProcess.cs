using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.Cli.Tests;

/// <summary>The tool as a process of its own: signals, exit codes and whole output as a shell sees them.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];

    private ChildProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasEnded => _process.HasExited;

    public string[] Output => Copy(_output);

    public string[] Errors => Copy(_errors);

    public static ChildProcess Start(string folder, params string[] words) => StartWith(folder, [], words);

    /// <summary>Starts it with variables of the environment.</summary>
    public static ChildProcess StartWith(string folder, IReadOnlyCollection<(string Name, string Value)> environment, params string[] words)
    {
        ProcessStartInfo start = new("dotnet", [typeof(CliContext).Assembly.Location, .. words])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Waits for a line of output.</summary>
    public async Task<string> LineAsync(Func<string, bool> isWanted)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Patience.Long)
        {
            if (Output.FirstOrDefault(isWanted) is { } line)
            {
                return line;
            }

            Assert.False(_process.HasExited && Output.FirstOrDefault(isWanted) is null, $"ended without the line\n{this}");
            await Task.Delay(50);
        }

        throw new TimeoutException($"no such line\n{this}");
    }

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using CancellationTokenSource patience = new(Patience.Long);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Asks it to end as a service manager does, and gives the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using Process kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
        await kill.WaitForExitAsync();
        return await EndAsync();
    }

    /// <summary>Ends it as a power cut does, at once, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    public override string ToString() => string.Join('\n', [.. Output, .. Errors]);

    private static void Add(List<string> lines, string? line)
    {
        lock (lines)
        {
            lines.AddRange(line is null ? [] : [line]);
        }
    }

    private static string[] Copy(List<string> lines)
    {
        lock (lines)
        {
            return [.. lines];
        }
    }
}
