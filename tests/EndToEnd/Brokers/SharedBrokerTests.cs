using System.Globalization;
using IotAttest.EndToEnd.Tests.Long;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Brokers;

/// <summary>Two verifiers share the work of one mosquitto (docs/guides/brokers.md): each is killed under load, and the other goes on.</summary>
[Collection(LongCollection.Name)]
public sealed class SharedBrokerTests(ITestOutputHelper output)
{
    private const int Boards = 8;
    private const long Several = 200;

    [RequiresSharedBrokerFact]
    public async Task One_verifier_killed_under_load_the_other_answers_every_board_and_nothing_acknowledged_is_lost_or_counted_twice()
    {
        await using SharedBroker shared = new();
        await shared.StartAsync();
        await using LongFleet fleet = await LongFleet.EnrolAsync(shared.Verifiers[0], Boards, Acknowledgement.Result);
        await shared.Broker.AddAsync([.. fleet.Boards.Select(board => (board.Ueid, board.Credential))]);
        fleet.MoveTo(("127.0.0.1", shared.Broker.Port));
        fleet.Start();

        // Each evidence has a hello before it. Verifiers that both got everything would have twice as much.
        await fleet.ReachesAsync(Several);
        double received = await shared.ReceivedAsync(0) + await shared.ReceivedAsync(1);
        long sent = fleet.Ledger.Sum(line => line.Sent);
        Assert.True(received < 3 * sent, $"the verifiers together received {received} messages for {sent} evidences");

        List<TimeSpan> recoveries = [];
        for (int killed = 0; killed < shared.Verifiers.Count; killed++)
        {
            await fleet.EveryBoardAsync();
            double[] before = [await shared.ReceivedAsync(0), await shared.ReceivedAsync(1)];
            await Eventually.TrueAsync(async () => await shared.ReceivedAsync(0) > before[0] && await shared.ReceivedAsync(1) > before[1], "both verifiers get a part");

            shared.KillVerifier(killed);
            recoveries.Add(await fleet.EveryBoardAsync());

            // What fell to it meanwhile waited in its session, and comes late.
            await shared.BeginVerifierAsync(killed);
            await fleet.EveryBoardAsync();
        }

        await fleet.StopAsync();
        string held = await LongLedger.HoldAgainstAsync(shared.Verifiers, shared.Look(), fleet.Ledger);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"two verifiers at one mosquitto, each killed once; {held}; every board answered by the other in {string.Join(" and ", recoveries.Select(time => $"{time.TotalSeconds:N1} s"))}"));
    }
}
