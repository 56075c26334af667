using System.Diagnostics;
using System.Globalization;
using IotAttest.EndToEnd.Tests.Long;
using IotAttest.Support;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Whole;

/// <summary>Three nodes, three verifiers and PostgreSQL under load, of which one part after the other is ended and returns.</summary>
[Trait("Run", "long")]
[Collection(LongCollection.Name)]
public sealed class WholeClusterTests(ITestOutputHelper output)
{
    private const int Boards = 48;

    [RequiresLongRunFact("rabbitmq-server", "epmd")]
    public async Task Verifiers_nodes_and_the_database_ended_by_turns_lose_no_evidence_whose_result_a_board_has()
    {
        Assert.Null(PostgresServer.ReasonToSkip);
        int rounds = LongRun.Setting("IOTATTEST_LONG_ROUNDS", 20);
        long evidences = LongRun.Setting("IOTATTEST_LONG_EVIDENCES", 100_000);
        await using WholeCluster whole = await WholeCluster.StartAsync();
        await using LongFleet fleet = await LongFleet.EnrolAsync(whole.Verifiers[0], Boards, Acknowledgement.Result);
        fleet.MoveTo(whole.Addresses);
        fleet.Start();
        WholeFaults faults = new(whole, fleet);
        Stopwatch watch = Stopwatch.StartNew();
        for (int round = 0; round < rounds; round++)
        {
            await fleet.ReachesAsync(evidences * round / rounds);
            await faults.RoundAsync(round);
        }

        await fleet.ReachesAsync(evidences);
        TimeSpan load = watch.Elapsed;
        string held = await faults.HoldAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"three nodes, three verifiers, PostgreSQL: {rounds} rounds in {load.TotalSeconds:N0} s; {held}"));
    }
}
