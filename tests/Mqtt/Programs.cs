using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.Mqtt.Tests;

/// <summary>Runs the real programs of others.</summary>
internal static class Programs
{
    public static string Folder { get; } = Path.Combine(SharedData.Repository, "tests", "Mqtt", "peers");

    /// <summary>Runs a program to its end and returns its exit code and what it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, string? workingFolder = null, string? input = null)
    {
        using Process process = Start(program, arguments, workingFolder);
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
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
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {Patience.Long}");
        }

        return (process.ExitCode, (await output) + (await errors));
    }

    public static Process Start(string program, string[] arguments, string? workingFolder = null)
    {
        string path = Tools.Find(program) ?? throw new FileNotFoundException($"{program} is needed and is not on PATH.");
        return Process.Start(new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? Path.GetTempPath(),
        })!;
    }
}
