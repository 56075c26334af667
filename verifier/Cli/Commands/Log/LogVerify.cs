using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IotAttest.Cli.Checks;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Http;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Storage;
using IotAttest.Service.Transparency;

namespace IotAttest.Cli.Commands.Log;

/// <summary><c>log verify</c>: was a log rewritten? Names the entry.</summary>
internal static class LogVerify
{
    private const int MaxLineBytes = 4 * 1024 * 1024;
    private const string Advice = "ask the operator what happened to this entry, and do not rely on the registry until it is explained";

    public static Command Create(CliContext context)
    {
        Option<string?> data = new("--data") { Description = "A verifier's data directory, or a copy: rows, entries and hashes are compared with each other, offline.", HelpName = "DIR" };
        Option<string?> entries = CommonOptions.OptionalPath("--entries", "Entries saved with log fetch, to be checked offline.");
        Option<string[]> kept = new("--checkpoint") { Description = "A checkpoint kept earlier; may be given several times, which narrows down where a change lies.", HelpName = "FILE" };
        Option<string?> key = CommonOptions.OptionalPath("--key", "The verifier's public key (GET /v1/keys): checks the signature of checkpoints.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("verify", "Checks a whole log against itself and against checkpoints kept elsewhere, and names what was changed.") { data, entries, kept, key, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string? directory = parsed.GetValue(data);
            string? file = parsed.GetValue(entries);
            if (directory is not null && file is not null)
            {
                throw CliException.WrongUsage("--data and --entries", "one of the two, or neither for a running verifier", "leave one out");
            }

            LogCheck check = (directory, file) switch
            {
                ({ } folder, _) => OfDirectory(folder),
                (_, { } saved) => OfFile(saved),
                _ => await OfServerAsync(context, server, parsed, cancellation),
            };
            return CheckReport.Run(context.Terminal, "log", parsed.GetValue(json), report => Check(report, check, parsed.GetValue(kept) ?? [], parsed.GetValue(key)));
        });
        return command;
    }

    private static LogCheck OfDirectory(string directory)
    {
        try
        {
            return LogAudit.OfFile(directory);
        }
        catch (StoreException cause)
        {
            throw CliException.Fault(cause.Message, "the data directory of a verifier", "correct --data");
        }
    }

    private static LogCheck OfFile(string path)
    {
        LogCheck check = new();
        using StreamReader reader = new(InputFile.Open(path));
        while (reader.ReadLine() is { } line)
        {
            check.Add(LogDownload.Read(Parse(path, line)));
        }

        return check;
    }

    private static JsonElement Parse(string path, string line)
    {
        try
        {
            return line.Length <= MaxLineBytes ? JsonElement.Parse(line) : throw new JsonException();
        }
        catch (JsonException)
        {
            throw CliException.DoesNotHold($"a line that is no JSON in {path}", "entries as log fetch saves them", "save them again");
        }
    }

    private static async Task<LogCheck> OfServerAsync(CliContext context, ServerOptions server, ParseResult parsed, CancellationToken cancellation)
    {
        using VerifierClient client = server.Connect(context, parsed);
        LogCheck check = new();
        await foreach (JsonElement entry in LogDownload.FetchAsync(client, 0, cancellation))
        {
            check.Add(LogDownload.Read(entry));
        }

        return check;
    }

    private static void Check(CheckReport report, LogCheck check, string[] paths, string? keyPath)
    {
        using CheckKeys? keys = keyPath is null ? null : CheckKeys.Read(keyPath);
        KeptCheckpoint[] kept = [.. paths.Select(path => KeptCheckpoint.Read(path, keys)).OrderBy(checkpoint => checkpoint.Checkpoint.Size)];
        if (kept.Any(checkpoint => checkpoint.IsSigned))
        {
            report.SetSignature(true);
        }

        long lastThatHeld = 0;
        foreach (Checkpoint checkpoint in kept.Select(one => one.Checkpoint))
        {
            lastThatHeld = check.Agrees(checkpoint, lastThatHeld) ? checkpoint.Size : lastThatHeld;
        }

        foreach (LogFinding finding in check.Findings)
        {
            string? path = finding.Sequence is { } sequence ? string.Create(CultureInfo.InvariantCulture, $"entry {sequence}") : null;
            report.Fail(new CheckFailure(path, finding.Seen, finding.Expected, Advice));
        }

        string root = check.Root.ToString();
        string checkpoints = string.Create(CultureInfo.InvariantCulture, $"{kept.Length}, the last that agrees over {lastThatHeld} entries");
        report.SetContent(
            new { entries = check.Size, root, checkpoints = kept.Length, agreesUpTo = lastThatHeld },
            terminal => terminal.WriteFields(("entries", check.Size.ToString(CultureInfo.InvariantCulture)), ("root", root), ("kept checkpoints", kept.Length == 0 ? "none given: a log rewritten as a whole would not be seen" : checkpoints)));
    }
}
