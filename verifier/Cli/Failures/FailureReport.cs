using System.CommandLine;

namespace IotAttest.Cli.Failures;

/// <summary>The one place that turns a failure into a text on stderr and an exit code.</summary>
internal static class FailureReport
{
    private const string Tool = "iotattest";

    public static int Write(CliContext context, Exception failure)
    {
        (int exitCode, string text) = failure switch
        {
            CliException known => (known.ExitCode, known.Message),
            OperationCanceledException => (ExitCode.Fault, "stopped before the end; what was written so far is whole"),
            UnauthorizedAccessException or IOException => (ExitCode.Fault, $"seen {failure.Message}; expected files that can be read and written; check path, rights and space"),
            _ => (ExitCode.Fault, $"seen an unexpected fault ({failure.GetType().Name}: {failure.Message}); expected none; report it with the command line, without keys or tokens"),
        };
        context.Terminal.WriteError($"error: {text}");
        return exitCode;
    }

    public static int WriteUsage(CliContext context, ParseResult parsed)
    {
        string command = string.Join(" ", Names(parsed));
        if (parsed.UnmatchedTokens is [string word, ..])
        {
            (Command at, string name) = parsed.Tokens[0].Value == word ? (parsed.RootCommandResult.Command, Tool) : (parsed.CommandResult.Command, command);
            context.Terminal.WriteError($"error: {StrangeWord(at, name, word)}; see: {name} --help");
            return ExitCode.WrongUsage;
        }

        // Some messages are lists with line breaks and tabs.
        string seen = string.Join(" ", parsed.Errors.Select(error => string.Join(' ', error.Message.TrimEnd('.').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) + "."));
        context.Terminal.WriteError($"error: seen {seen} Expected: a complete command line; see: {command} --help");
        return ExitCode.WrongUsage;
    }

    private static string StrangeWord(Command command, string name, string word)
    {
        if (word.StartsWith('-'))
        {
            return $"'{word}' is no option of {name}";
        }

        if (command.Subcommands.Count == 0)
        {
            return $"'{word}' is one word too many for {name}";
        }

        return $"'{word}' is no command of {name}";
    }

    private static Stack<string> Names(ParseResult parsed)
    {
        Stack<string> names = new();
        for (System.CommandLine.Parsing.SymbolResult? part = parsed.CommandResult; part is System.CommandLine.Parsing.CommandResult command; part = part.Parent)
        {
            names.Push(command.Command.Name);
        }

        return names;
    }
}
