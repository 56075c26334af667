using System.Diagnostics;
using System.Globalization;
using IotAttest.Cli.Bench;
using IotAttest.Support;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>kill -9 of a verifier, again and again, under the load of many boards.</summary>
[Trait("Run", "long")]
[Collection(LongCollection.Name)]
public sealed class VerifierKillTests(ITestOutputHelper output)
{
    private const int Boards = 128;
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    [RequiresLongRunFact]
    public async Task Killed_fifty_times_under_load_it_has_lost_none_of_a_million_acknowledged_evidences_and_is_back_within_10_s()
    {
        int kills = LongRun.Setting("IOTATTEST_LONG_KILLS", 50);
        long evidences = LongRun.Setting("IOTATTEST_LONG_EVIDENCES", 1_000_000);
        using TemporaryFolder folder = new();
        ChildVerifier verifier = await StartAsync(folder.Path);
        await using LongFleet fleet = await LongFleet.EnrolAsync(verifier, Boards, Acknowledgement.Puback);
        List<TimeSpan> recoveries = [];
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            fleet.MoveTo(verifier);
            fleet.Start();
            for (int kill = 1; kill <= kills; kill++)
            {
                await fleet.ReachesAsync(evidences * kill / (kills + 1));
                (verifier, TimeSpan recovery) = await KillAsync(verifier, fleet);
                recoveries.Add(recovery);
            }

            await fleet.ReachesAsync(evidences);
            TimeSpan load = watch.Elapsed;
            verifier.Kill();
            await fleet.StopAsync();
            verifier.Dispose();
            verifier = await StartAsync(folder.Path);

            string held = await LongLedger.HoldAgainstAsync(verifier, fleet.Ledger);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"kill -9 of a verifier: {kills + 1} kills in {load.TotalSeconds:N0} s; {held}; from start to the first acknowledgement: median {Median(recoveries).TotalSeconds:N2} s, longest {recoveries.Max().TotalSeconds:N2} s"));
        }
        finally
        {
            verifier.Dispose();
        }
    }

    private static Task<ChildVerifier> StartAsync(string folder) => ChildVerifier.StartAsync(folder, CancellationToken.None, "--attest-every", "1d");

    /// <summary>Kills it, starts it again, and measures from the start to the first acknowledgement that a board gets.</summary>
    private static async Task<(ChildVerifier Verifier, TimeSpan Recovery)> KillAsync(ChildVerifier verifier, LongFleet fleet)
    {
        string folder = verifier.DataDirectory;
        verifier.Kill();
        verifier.Dispose();
        fleet.Leave();
        IReadOnlyList<LedgerLine> before = fleet.Ledger;
        long acknowledged = fleet.Acknowledged;
        Stopwatch watch = Stopwatch.StartNew();
        ChildVerifier next = await StartAsync(folder);
        fleet.MoveTo(next);
        await fleet.ReachesAsync(acknowledged + 1);
        TimeSpan recovery = watch.Elapsed;

        // Here the clock only grows: a board that is already past the line of before has a later verdict.
        await Ledger.HoldAgainstAsync(next, before.Where(line => line.Last is not null).ToDictionary(line => line.Ueid, line => line.Last!), "after a kill");
        Assert.True(recovery < Pace.Allowed(Recovery), $"{recovery} from the start to the first acknowledgement");
        return (next, recovery);
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
