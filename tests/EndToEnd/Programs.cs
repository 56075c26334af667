using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>Runs the real programs of others.</summary>
internal static class Programs
{
    /// <summary>Runs a program to its end; one that hangs is ended and fails by its exit code.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string tool, string[] arguments, string? folder = null)
    {
        string program = Tools.Find(tool) ?? throw new FileNotFoundException($"{tool} is needed and is not on PATH.");
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? Path.GetTempPath() };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource timeout = new(Patience.Long);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        return (process.ExitCode, await output, await errors);
    }
}
