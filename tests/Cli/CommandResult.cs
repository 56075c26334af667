using System.Text.Json;

namespace IotAttest.Cli.Tests;

/// <summary>What a command line gave back.</summary>
internal sealed record CommandResult(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonElement.Parse(Out);

    /// <summary>Asserts the exit code and shows both streams when it is another one.</summary>
    public CommandResult Ended(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode}, not {exitCode}\n{Out}\n{Error}");
        return this;
    }
}
