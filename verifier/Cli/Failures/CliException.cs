namespace IotAttest.Cli.Failures;

/// <summary>Ends a command with one paragraph: what was seen, what was expected, what to do.</summary>
internal sealed class CliException : Exception
{
    private CliException(int exitCode, string seen, string expected, string todo)
        : base($"seen {seen}; expected {expected}; {todo}") => ExitCode = exitCode;

    public int ExitCode { get; }

    public static CliException DoesNotHold(string seen, string expected, string todo) => new(Failures.ExitCode.DoesNotHold, seen, expected, todo);

    public static CliException WrongUsage(string seen, string expected, string todo) => new(Failures.ExitCode.WrongUsage, seen, expected, todo);

    public static CliException Fault(string seen, string expected, string todo) => new(Failures.ExitCode.Fault, seen, expected, todo);
}
