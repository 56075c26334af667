namespace IotAttest.Cli.Failures;

/// <summary>Ends a command with one paragraph: what was seen, what was expected, what to do.</summary>
internal sealed class CliException : Exception
{
    private CliException(int exitCode, string? path, string seen, string expected, string todo)
        : base($"{(path is null ? "" : $"{path}: ")}seen {Clause(seen)}; expected {expected}; {todo}") =>
        (ExitCode, Path, Seen, Expected, Do) = (exitCode, path, Clause(seen), expected, todo);

    public int ExitCode { get; }

    /// <summary>The field or claim it is about; null when it is about the whole.</summary>
    public string? Path { get; }

    public string Seen { get; }

    public string Expected { get; }

    public string Do { get; }

    public static CliException DoesNotHold(string seen, string expected, string todo, string? path = null) => new(Failures.ExitCode.DoesNotHold, path, seen, expected, todo);

    public static CliException WrongUsage(string seen, string expected, string todo) => new(Failures.ExitCode.WrongUsage, null, seen, expected, todo);

    public static CliException Fault(string seen, string expected, string todo) => new(Failures.ExitCode.Fault, null, seen, expected, todo);

    // What was seen often ends with somebody's whole sentence, and the paragraph goes on behind it. A path may end with a full stop of its own.
    private static string Clause(string words) => words is [.., not (' ' or '.' or '/'), '.'] ? words[..^1] : words;
}
