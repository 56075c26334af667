using System.Globalization;
using IotAttest.Cli.Bench;
using IotAttest.EndToEnd.Tests.Brokers;
using IotAttest.Support;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>A database file that is damaged: refused in clear words; a backup that was taken under load brings boards back.</summary>
[Trait("Run", "long")]
[Collection(LongCollection.Name)]
public sealed class DamageTests(ITestOutputHelper output)
{
    private const int Boards = 64;
    private const int PageBytes = 4096;
    private const int DamagedPages = 16;

    [RequiresLongRunFact]
    public async Task A_damaged_database_is_refused_and_a_backup_taken_under_load_has_all_that_was_acknowledged_before_it()
    {
        int rounds = LongRun.Setting("IOTATTEST_LONG_ROUNDS", 5);
        using TemporaryFolder folder = new();
        string data = Path.Combine(folder.Path, "data");
        ChildVerifier verifier = await ChildVerifier.StartAsync(data, CancellationToken.None, "--attest-every", "1d");
        try
        {
            await using LongFleet fleet = await LongFleet.EnrolAsync(verifier, Boards, Acknowledgement.Puback);
            fleet.MoveTo(verifier);
            fleet.Start();
            for (int round = 0; round < rounds; round++)
            {
                await fleet.EveryBoardAsync();
                IReadOnlyList<LedgerLine> before = fleet.Ledger;
                string backup = Path.Combine(folder.Path, $"backup-{round}.tar");
                await GeneratedMosquitto.RunAsync("backup", "--data", data, "--out", backup, "--with-keys");
                await fleet.EveryBoardAsync();
                verifier.Kill();
                verifier.Dispose();
                fleet.Leave();
                Damage(Path.Combine(data, "iotattest.db"));
                InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ChildVerifier.StartAsync(data, CancellationToken.None));
                Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
                Assert.Contains("iotattest restore", refused.Message, StringComparison.Ordinal);

                data = Path.Combine(folder.Path, $"data-{round}");
                await GeneratedMosquitto.RunAsync("restore", "--from", backup, "--data", data);
                verifier = await ChildVerifier.StartAsync(data, CancellationToken.None, "--attest-every", "1d");
                await Ledger.HoldAgainstAsync(verifier, before.ToDictionary(line => line.Ueid, line => line.Last!), "after a restore");
                fleet.MoveTo(verifier);
                await fleet.EveryBoardAsync();
            }

            await fleet.StopAsync();

            // What came between a backup and the damage is gone from the count, as the docs say; the verdicts are those of the last evidence again.
            string held = await LongLedger.HoldAgainstAsync(verifier, fleet.Ledger, isCounted: false);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"damaged database: {rounds} times refused and restored; {held}"));
        }
        finally
        {
            verifier.Dispose();
        }
    }

    // Pages in the middle, which nothing reads at the start for its own sake; what is only in the log of writes does not hide them.
    private static void Damage(string file)
    {
        File.Delete($"{file}-wal");
        File.Delete($"{file}-shm");
        byte[] pages = new byte[DamagedPages * PageBytes];
        Array.Fill(pages, (byte)0xAA);
        using FileStream database = File.OpenWrite(file);
        database.Position = database.Length / 2 / PageBytes * PageBytes;
        database.Write(pages);
    }
}
