using System.CommandLine;
using IotAttest.Cli.Demo;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Demo;

/// <summary><c>demo</c>: everything at once, in one process.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(6);

    public static Command Create(CliContext context)
    {
        Option<bool> once = new("--once") { Description = "End after one pass: exit code 0 when every board was seen as it should be, else 1." };
        Option<string?> data = new("--data") { Description = "Keep everything in this new or empty folder.", HelpName = "DIR" };
        Option<bool> json = new("--json") { Description = "Print the last table as JSON; the story goes to stderr." };
        Option<bool> withoutTampering = new("--without-tampering") { Description = "Leaves out the tampering, so that the demo must fail.", Hidden = true };
        Command command = new("demo", "Shows everything in one process: a verifier, a certified build, a dozen boards, one of them tampered with.") { once, data, json, withoutTampering };
        command.SetAction(async (parsed, cancellation) =>
        {
            DemoOptions options = new(parsed.GetValue(data), parsed.GetValue(once), !parsed.GetValue(withoutTampering));
            return await RunAsync(context.Terminal, options, parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, DemoOptions options, bool asJson, CancellationToken cancellation)
    {
        bool isLive = terminal.IsInteractive && !asJson;
        DemoOutcome outcome = isLive ? await RunLiveAsync(terminal, options, cancellation) : await RunPlainAsync(terminal, options, asJson, cancellation);
        foreach (string difference in outcome.Differences)
        {
            terminal.WriteError($"error: {difference}");
        }

        Show(terminal, outcome.Rows, asJson, isLive);
        return outcome.Differences.Count == 0 ? ExitCode.Fine : ExitCode.DoesNotHold;
    }

    private static Task<DemoOutcome> RunLiveAsync(Terminal terminal, DemoOptions options, CancellationToken cancellation)
    {
        LiveStage stage = new(terminal.ResultConsole(), options.EndsByItself ? TimeSpan.Zero : ReadingTime);
        return stage.RunAsync(() => new DemoRun(options, stage).RunAsync(cancellation));
    }

    private static Task<DemoOutcome> RunPlainAsync(Terminal terminal, DemoOptions options, bool asJson, CancellationToken cancellation) =>
        new DemoRun(options, new PlainStage(asJson ? terminal.WriteError : terminal.WriteLine)).RunAsync(cancellation);

    private static void Show(Terminal terminal, IReadOnlyList<FleetRow> rows, bool asJson, bool isLive)
    {
        if (asJson)
        {
            terminal.WriteJson(rows);
        }
        else if (!isLive)
        {
            FleetTable.WritePlain(terminal, rows);
        }
    }
}
