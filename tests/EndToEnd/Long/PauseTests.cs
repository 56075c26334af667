using System.Diagnostics;
using System.Globalization;
using IotAttest.Cli.Bench;
using IotAttest.Support;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>A verifier that is held for seconds and let go (SIGSTOP, SIGCONT), as by a machine that is moved or out of memory.</summary>
[Trait("Run", "long")]
[Collection(LongCollection.Name)]
public sealed class PauseTests(ITestOutputHelper output)
{
    private const int Boards = 64;

    [RequiresLongRunFact]
    public async Task Held_and_let_go_under_load_it_goes_on_and_has_lost_nothing()
    {
        int rounds = LongRun.Setting("IOTATTEST_LONG_ROUNDS", 20);
        using TemporaryFolder folder = new();
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder.Path, CancellationToken.None, "--attest-every", "1d");
        await using LongFleet fleet = await LongFleet.EnrolAsync(verifier, Boards, Acknowledgement.Puback);
        fleet.MoveTo(verifier);
        fleet.Start();
        List<TimeSpan> recoveries = [];
        for (int round = 0; round < rounds; round++)
        {
            await fleet.EveryBoardAsync();
            await SignalAsync("STOP", verifier);

            // Not a wait for something: this is how long it is held.
            await Task.Delay(Random.Shared.Next(500, 5_000));
            await SignalAsync("CONT", verifier);
            recoveries.Add(await fleet.EveryBoardAsync());
        }

        verifier.Kill();
        await fleet.StopAsync();
        using ChildVerifier after = await ChildVerifier.StartAsync(folder.Path, CancellationToken.None);

        string held = await LongLedger.HoldAgainstAsync(after, fleet.Ledger);
        Assert.All(recoveries, recovery => Assert.True(recovery < Pace.Allowed(TimeSpan.FromSeconds(10)), $"{recovery}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SIGSTOP and SIGCONT: {rounds} times up to 5 s; {held}; longest until every board went on {recoveries.Max().TotalSeconds:N2} s"));
    }

    private static async Task SignalAsync(string name, ChildVerifier verifier)
    {
        using Process kill = Process.Start("kill", [$"-{name}", verifier.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
