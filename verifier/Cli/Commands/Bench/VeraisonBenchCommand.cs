using System.CommandLine;
using IotAttest.Cli.Bench.Veraison;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Bench;

/// <summary><c>bench veraison</c>: the published load test of another verifier, repeated with this one.</summary>
internal static class VeraisonBenchCommand
{
    private const int MaxUsers = 1_000;
    private const int MaxEntries = 4_000_000;
    private const string Load = "load";
    private const string Weight = "weight";

    public static Command Create(CliContext context)
    {
        Option<int> seconds = new("--seconds") { Description = "How long each run takes.", DefaultValueFactory = _ => VeraisonPlan.PublishedSeconds };
        Option<int[]> users = Numbers("--users", "Users at once, one run each.", VeraisonPlan.StandardUsers);
        Option<int[]> entries = Numbers("--entries", "Reference entries in the store, growing, one run each.", VeraisonPlan.StandardEntries);
        Option<int> weightUsers = new("--entry-users") { Description = "Users of the runs with a growing store.", DefaultValueFactory = _ => VeraisonPlan.PublishedWeightUsers };
        Option<string?> only = new Option<string?>("--only") { Description = "Growing load or growing store alone; both when left out." }.AcceptOnlyFromAmong(Load, Weight);
        Option<string?> postgres = new("--postgres") { Description = "Growing load on PostgreSQL, as theirs was: how to reach a server where databases may be made and dropped. SQLite when left out." };
        Option<string?> report = new("--report") { Description = "Write veraison.md and veraison.json into this folder.", HelpName = "DIR" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("veraison", "Repeats the published load test of Veraison, and prints its figures beside.") { seconds, users, entries, weightUsers, only, postgres, report, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            VeraisonPlan plan = new(
                TimeSpan.FromSeconds(InRange("--seconds", parsed.GetValue(seconds), 1, 3_600)),
                parsed.GetValue(only) == Weight ? [] : Growing("--users", parsed.GetValue(users)!, MaxUsers),
                parsed.GetValue(only) == Load ? [] : Growing("--entries", parsed.GetValue(entries)!, MaxEntries),
                InRange("--entry-users", parsed.GetValue(weightUsers), 1, MaxUsers),
                parsed.GetValue(postgres));
            await BenchServers.RequirePostgresAsync(plan.Postgres, cancellation);
            VeraisonReport figures = await VeraisonBench.RunAsync(plan, context.Terminal.WriteNote, cancellation);
            await BenchOutput.SaveAsync(parsed.GetValue(report), "veraison", figures, VeraisonTables.Markdown, cancellation);
            return BenchOutput.Write(context, parsed.GetValue(json), figures, VeraisonTables.Write);
        });
        return command;
    }

    private static Option<int[]> Numbers(string name, string description, int[] standard) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard, AllowMultipleArgumentsPerToken = true, HelpName = "N..." };

    private static int InRange(string name, int value, int least, int most) => value >= least && value <= most
        ? value
        : throw CliException.WrongUsage($"{name} {value}", FormattableString.Invariant($"{least:N0} to {most:N0}"), "choose a value in this range");

    private static int[] Growing(string name, int[] values, int most) => values.Length > 0 && values[0] >= 1 && values[^1] <= most && values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second)
        ? values
        : throw CliException.WrongUsage($"{name} {string.Join(' ', values)}", FormattableString.Invariant($"growing numbers, 1 to {most:N0}"), "choose values in this range, each larger than the one before");
}
