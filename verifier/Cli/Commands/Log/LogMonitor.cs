using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Http;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Domain.Transparency;

namespace IotAttest.Cli.Commands.Log;

/// <summary><c>log monitor</c>: follows a log from outside, keeps what it saw, and raises an alarm when the past is told otherwise.</summary>
internal static class LogMonitor
{
    public static Command Create(CliContext context)
    {
        Option<string> folder = new("--state") { Description = "Where to keep what was seen: key, checkpoint, leaf hashes.", HelpName = "DIR", Required = true };
        Option<TimeSpan> every = DurationOption.Create("--every", "Time between two looks.", TimeSpan.FromSeconds(60));
        Option<bool> once = new("--once") { Description = "Look once and end: exit code 1 when the log was altered." };
        Option<string?> key = CommonOptions.OptionalPath("--key", "The verifier's public key; without it the key met first is kept and must stay.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("monitor", "Follows a verifier's log. Run it where the operator of the verifier has no say. Ends with exit code 1 when the log was altered.") { folder, every, once, key, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            MonitorState state = MonitorState.Open(parsed.GetRequiredValue(folder));
            bool isOnce = parsed.GetValue(once);
            do
            {
                MonitorLook look = await LookAsync(client, state, parsed.GetValue(key), cancellation);
                Write(context, look, parsed.GetValue(json));
                if (look.IsAltered || isOnce)
                {
                    return look.IsAltered ? ExitCode.DoesNotHold : ExitCode.Fine;
                }

                await Task.Delay(parsed.GetValue(every), context.Clock, cancellation);
            }
            while (true);
        });
        return command;
    }

    private static async Task<MonitorLook> LookAsync(VerifierClient client, MonitorState state, string? keyPath, CancellationToken cancellation)
    {
        using CheckKeys keys = await KeysAsync(client, state, keyPath, cancellation);
        Checkpoint? before = state.Checkpoint is { } kept ? KeptCheckpoint.Parse("the kept checkpoint", kept, keys).Checkpoint : null;
        string signed = (await client.GetAsync("/v1/log/checkpoint", cancellation)).GetProperty("signed").GetString()!;
        Checkpoint now = KeptCheckpoint.Parse("the verifier's checkpoint", signed, keys).Checkpoint;

        LogCheck check = await FollowAsync(client, state.Leaves, now.Size, cancellation);
        List<byte[]> leaves = [.. check.Leaves.Take((int)Math.Min(now.Size, check.Size))];
        if (check.Findings.Count == 0 && check.Agrees(now) && (before is null || check.Agrees(before)))
        {
            state.Keep(signed, [.. leaves]);
            return new MonitorLook(before?.Size ?? 0, now.Size, []);
        }

        // Something is told otherwise: read everything again, so that the entry can be named.
        LogCheck whole = new(keptLeaves: state.Leaves);
        await foreach (JsonElement entry in LogDownload.FetchAsync(client, 0, cancellation))
        {
            whole.Add(LogDownload.Read(entry));
        }

        whole.Agrees(now);
        _ = before is null || whole.Agrees(before);
        return new MonitorLook(before?.Size ?? 0, now.Size, [.. whole.Findings.Count > 0 ? whole.Findings : check.Findings]);
    }

    // The entries before are known by their hashes; only new ones are fetched.
    private static async Task<LogCheck> FollowAsync(VerifierClient client, byte[][] leaves, long upTo, CancellationToken cancellation)
    {
        LogCheck check = new();
        foreach (byte[] leaf in leaves)
        {
            check.AddLeaf(leaf);
        }

        await foreach (JsonElement entry in LogDownload.FetchAsync(client, leaves.Length, cancellation))
        {
            if (check.Size == upTo)
            {
                break;
            }

            check.Add(LogDownload.Read(entry));
        }

        return check;
    }

    private static async Task<CheckKeys> KeysAsync(VerifierClient client, MonitorState state, string? keyPath, CancellationToken cancellation)
    {
        if (keyPath is not null)
        {
            return CheckKeys.Read(keyPath);
        }

        if (!File.Exists(state.KeyFile))
        {
            OutputFile.Write(state.KeyFile, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(await client.GetAsync("/v1/keys", cancellation))));
        }

        return CheckKeys.Read(state.KeyFile);
    }

    private static void Write(CliContext context, MonitorLook look, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.Out.WriteLine(JsonSerializer.Serialize(
                new
                {
                    @event = look.IsAltered ? "log.altered" : look.Before == look.Now ? "log.unchanged" : "log.grew",
                    at = context.Clock.GetUtcNow().UtcDateTime,
                    before = look.Before,
                    now = look.Now,
                    findings = look.Findings.Select(finding => new { entry = finding.Sequence, seen = finding.Seen, expected = finding.Expected }),
                }));
            return;
        }

        context.Terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{context.Clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {(look.IsAltered ? "ALTERED" : "in order")}  {look.Before} -> {look.Now} entries"));
        foreach (LogFinding finding in look.Findings)
        {
            context.Terminal.WriteError(string.Create(CultureInfo.InvariantCulture, $"error: entry {finding.Sequence}: seen {finding.Seen}; expected {finding.Expected}"));
        }
    }
}
