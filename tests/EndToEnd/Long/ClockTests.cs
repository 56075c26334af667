using IotAttest.Support;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>The verifier's clock steps both ways under load (DESIGN.md section 4: a step back rotates the challenge key).</summary>
[Trait("Run", "long")]
[Collection(LongCollection.Name)]
public sealed class ClockTests(ITestOutputHelper output)
{
    private const int Boards = 32;

    // Ahead of the machine's clock, one after the other: each is a step of its own, small and large, both ways.
    private static readonly int[] Offsets = [3600, 0, -3600, -3570, -3660, 0, 90, -5, -6, 86_400, -86_400];

    [RequiresLongRunFact(SteppedClock.Tool)]
    public async Task Stepped_both_ways_under_load_it_loses_nothing_takes_nothing_old_and_boards_go_on_within_their_cadence()
    {
        int rounds = LongRun.Setting("IOTATTEST_LONG_ROUNDS", 3);
        await using ClockSteps steps = new();
        await steps.StartAsync(Boards);
        foreach (int seconds in Enumerable.Repeat(Offsets, rounds).SelectMany(offsets => offsets))
        {
            await steps.StepToAsync(seconds);
        }

        output.WriteLine(await steps.HoldAsync());
    }
}
