using System.CommandLine;
using IotAttest.Cli.Bench;
using IotAttest.Cli.Commands.Tls;
using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Commands.Bench;

/// <summary><c>bench scale</c>, <c>bench reappraise</c>, <c>bench gate</c> and <c>bench connections</c>: what the size of a fleet costs.</summary>
internal static class FleetBenchCommands
{
    private const int MaxBoards = 1_000_000;

    public static Command CreateScale(CliContext context)
    {
        Option<int> boards = CountOption.Create("--boards", "Boards in the large store.", MaxBoards);
        Option<int> builds = CountOption.Create("--builds", "Certified builds in the large store.", 100_000);
        Option<int> rounds = CountOption.Create("--rounds", "Rounds of each measurement, in turns in both stores.", 15);
        Command command = new("scale", "Measures whether the number of boards and builds changes what an appraisal costs.") { boards, builds, rounds };
        BenchOutput output = BenchOutput.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            ScaleReport report = await ScaleBench.RunAsync(CountOption.Of(parsed, boards, 1000, MaxBoards), CountOption.Of(parsed, builds, 10, MaxBoards), CountOption.Of(parsed, rounds, 1, 1000), context.Terminal.WriteNote, cancellation);
            return await output.WriteAsync(context, parsed, report, FleetTables.TextOf, cancellation);
        });
        return command;
    }

    public static Command CreateReappraise(CliContext context)
    {
        Option<int> boards = CountOption.Create("--boards", "Boards that the changes are about.", 100_000);
        Command command = new("reappraise", "Measures how long a change of certificate, advisory, policy or build takes to reach every board.") { boards };
        BenchOutput output = BenchOutput.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            ReappraisalReport report = await ReappraisalBench.RunAsync(CountOption.Of(parsed, boards, 1, MaxBoards), context.Terminal.WriteNote, cancellation);
            return await output.WriteAsync(context, parsed, report, FleetTables.TextOf, cancellation);
        });
        return command;
    }

    public static Command CreateGate(CliContext context)
    {
        Option<int> boards = CountOption.Create("--boards", "Boards that are enrolled.", 10_000);
        Option<int> seconds = CountOption.Create("--seconds", "How long each measurement takes.", 5);
        Command command = new("gate", "Measures how fast the gate answers.") { boards, seconds };
        BenchOutput output = BenchOutput.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            GateReport report = await GateBench.RunAsync(CountOption.Of(parsed, boards, 1, MaxBoards), TimeSpan.FromSeconds(CountOption.Of(parsed, seconds, 1, 3600)), context.Terminal.WriteNote, cancellation);
            return await output.WriteAsync(context, parsed, report, FleetTables.TextOf, cancellation);
        });
        return command;
    }

    public static Command CreateConnections(CliContext context)
    {
        Option<int> count = CountOption.Create("--count", "Boards that are connected and idle.", 50_000);
        Option<int> storm = CountOption.Create("--storm", "How many of them are cut off and come back at once.", 10_000);
        Option<string?> tls = new Option<string?>("--tls") { Description = "Over TLS, with a server key of this kind; plain TCP when left out." }.AcceptOnlyFromAmong(TlsKind.Rsa, TlsKind.Ecdsa);
        Command command = new("connections", "Measures what idle connections cost, and a storm of boards that come back.") { count, storm, tls };
        BenchOutput output = BenchOutput.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            int boards = CountOption.Of(parsed, count, 1, MaxBoards);
            RequireFiles(boards);
            ConnectionsReport report = await ConnectionsBench.RunAsync(boards, CountOption.Of(parsed, storm, 0, boards), parsed.GetValue(tls), context.Terminal.WriteNote, cancellation);
            return await output.WriteAsync(context, parsed, report, FleetTables.TextOf, cancellation);
        });
        return command;
    }

    private static void RequireFiles(int boards)
    {
        long limit = OpenFiles.Limit();
        if (boards > limit - OpenFiles.Reserve)
        {
            throw CliException.WrongUsage(FormattableString.Invariant($"--count {boards}, and one process may open {limit} files"), FormattableString.Invariant($"at most {limit - OpenFiles.Reserve} connections"), "raise the limit (ulimit -Hn, LimitNOFILE=) or lower --count");
        }
    }
}
