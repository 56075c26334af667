using System.Globalization;
using IotAttest.Cli.Bench;
using IotAttest.EndToEnd.Tests.Brokers;
using IotAttest.Support;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>DESIGN.md section 5, way 2: the broker between boards and verifier is killed and returns, again and again.</summary>
[Trait("Run", "long")]
[Collection(LongCollection.Name)]
public sealed class BrokerKillTests(ITestOutputHelper output)
{
    private const int Boards = 32;

    [RequiresLongRunFact("mosquitto")]
    public async Task Mosquitto_killed_and_returned_under_load_loses_no_evidence_whose_result_a_board_has()
    {
        int kills = LongRun.Setting("IOTATTEST_LONG_KILLS", 20);
        await using GeneratedMosquitto broker = await GeneratedMosquitto.StartAsync();
        using TemporaryFolder folder = new();
        using ChildVerifier verifier = await ChildVerifier.StartAsync(
            folder.Path, CancellationToken.None, "--attest-every", "1d", "--broker", $"{broker.Url}", "--broker-credential-file", broker.CredentialFile);
        await using LongFleet fleet = await LongFleet.EnrolAsync(verifier, Boards, Acknowledgement.Result);
        await broker.AddAsync([.. fleet.Boards.Select(board => (board.Ueid, board.Credential))]);
        fleet.MoveTo(("127.0.0.1", broker.Port));
        fleet.Start();
        List<TimeSpan> recoveries = [];
        for (int kill = 0; kill < kills; kill++)
        {
            await fleet.EveryBoardAsync();

            // By turns as an operator ends it, and as a power cut does.
            await (kill % 2 == 0 ? broker.KillAsync() : broker.StopAsync());
            await broker.StartAgainAsync();
            recoveries.Add(await fleet.EveryBoardAsync());
        }

        verifier.Kill();
        await fleet.StopAsync();
        using ChildVerifier after = await ChildVerifier.StartAsync(folder.Path, CancellationToken.None);

        string held = await LongLedger.HoldAgainstAsync(after, fleet.Ledger);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"mosquitto killed: {kills} times; {held}; until every board had a new result: median {recoveries.Order().ElementAt(kills / 2).TotalSeconds:N2} s, longest {recoveries.Max().TotalSeconds:N2} s"));
    }
}
