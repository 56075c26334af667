using System.CommandLine;
using IotAttest.Cli.Bench.Veraison;
using IotAttest.Cli.Failures;

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
        Option<int> seconds = CountOption.Create("--seconds", "How long each run takes.", VeraisonPlan.PublishedSeconds);
        Option<int[]> users = CountOption.CreateSeveral("--users", "Users at once, one run each.", VeraisonPlan.StandardUsers);
        Option<int[]> entries = CountOption.CreateSeveral("--entries", "Reference entries in the store, growing, one run each.", VeraisonPlan.StandardEntries);
        Option<int> weightUsers = CountOption.Create("--entry-users", "Users of the runs with a growing store.", VeraisonPlan.PublishedWeightUsers);
        Option<string?> only = new Option<string?>("--only") { Description = "Growing load or growing store alone; both when left out." }.AcceptOnlyFromAmong(Load, Weight);
        Option<string?> postgres = new("--postgres") { Description = "Growing load on PostgreSQL, as theirs was: how to reach a server where databases may be made and dropped. SQLite when left out.", HelpName = "CONNECTION" };
        Command command = new("veraison", $"Repeats the published load test of Veraison, and prints its figures beside. {Length()}") { seconds, users, entries, weightUsers, only, postgres };
        BenchOutput output = BenchOutput.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            VeraisonPlan plan = new(
                TimeSpan.FromSeconds(CountOption.Of(parsed, seconds, 1, 3_600)),
                parsed.GetValue(only) == Weight ? [] : Growing("--users", parsed.GetValue(users)!, MaxUsers),
                parsed.GetValue(only) == Load ? [] : Growing("--entries", parsed.GetValue(entries)!, MaxEntries),
                CountOption.Of(parsed, weightUsers, 1, MaxUsers),
                parsed.GetValue(postgres));
            await BenchServers.RequirePostgresAsync(plan.Postgres, cancellation);
            VeraisonReport figures = await VeraisonBench.RunAsync(plan, context.Terminal.WriteNote, cancellation);
            return await output.WriteAsync(context, parsed, figures, VeraisonTables.TextOf, cancellation);
        });
        return command;
    }

    private static string Length()
    {
        (int users, int entries) = (VeraisonPlan.StandardUsers.Length, VeraisonPlan.StandardEntries.Length);
        return FormattableString.Invariant(
            $"All defaults are {users} runs with growing users and {entries} with a growing store, {VeraisonPlan.PublishedSeconds} s each: about {(users + entries) * VeraisonPlan.PublishedSeconds / 60.0:F0} minutes, and the time that filling the store takes.");
    }

    private static int[] Growing(string name, int[] values, int most) => values.Length > 0 && values[0] >= 1 && values[^1] <= most && values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second)
        ? values
        : throw CliException.WrongUsage($"{name} {string.Join(' ', values)}", FormattableString.Invariant($"growing numbers, 1 to {most:N0}"), "choose values in this range, each larger than the one before");
}
