using System.Globalization;
using IotAttest.Cli.Bench;
using IotAttest.EndToEnd.Tests.Operations;
using IotAttest.Support;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>The disk is full and has room again, many times, while boards go on.</summary>
[Trait("Run", "long")]
[Collection(LongCollection.Name)]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int Boards = 64;
    private const int Megabytes = 32;

    [RequiresLongRunFact("mount")]
    public async Task Full_again_and_again_under_load_it_says_so_acknowledges_nothing_it_cannot_store_and_goes_on_by_itself()
    {
        int rounds = LongRun.Setting("IOTATTEST_LONG_ROUNDS", 20);
        await using SmallDisk disk = await SmallDisk.MountAsync(Megabytes);
        string held = await FillAndEmptyAsync(disk, rounds);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"disk full: {rounds} times; {held}"));
    }

    private static async Task<string> FillAndEmptyAsync(SmallDisk disk, int rounds)
    {
        using ChildVerifier verifier = await ChildVerifier.StartAsync(disk.Data, CancellationToken.None, "--attest-every", "1d");
        await using LongFleet fleet = await LongFleet.EnrolAsync(verifier, Boards, Acknowledgement.Puback);
        using HttpClient http = verifier.Operator();
        fleet.MoveTo(verifier);
        fleet.Start();
        for (int round = 0; round < rounds; round++)
        {
            await fleet.EveryBoardAsync();
            disk.Fill();

            // Evidence that confirms what is known needs no room: it goes on in the log of writes that is there. New boards need some.
            await Eventually.TrueAsync(async () => !await DiskLoad.TakesBoardsAsync(http), "it refuses what does not fit");
            disk.Empty();
            await Eventually.TrueAsync(() => DiskLoad.TakesBoardsAsync(http), "it takes boards when there is room");
        }

        await fleet.EveryBoardAsync();
        verifier.Kill();
        await fleet.StopAsync();
        using ChildVerifier after = await ChildVerifier.StartAsync(disk.Data, CancellationToken.None);
        return await LongLedger.HoldAgainstAsync(after, fleet.Ledger);
    }
}
