using IotAttest.Cli.Output;

namespace IotAttest.Cli;

/// <summary>The world around one invocation; a test brings its own.</summary>
/// <param name="Terminal">Where texts go and come from.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Environment">Reads an environment variable.</param>
/// <param name="WorkingDirectory">Where the data directory of a verifier is looked for.</param>
internal sealed record CliContext(Terminal Terminal, TimeProvider Clock, Func<string, string?> Environment, string WorkingDirectory)
{
    /// <summary>True when the process runs this one command and nothing else: it may set what counts for all of it.</summary>
    public bool OwnsProcess { get; private init; }

    public static CliContext OfProcess() =>
        new(Terminal.OfProcess(), TimeProvider.System, System.Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory()) { OwnsProcess = true };
}
