using IotAttest.Support;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>The short form of <see cref="ClockTests"/>: twice forward, past the life of a challenge and by a day, and back.</summary>
[Collection(LongCollection.Name)]
public sealed class ClockStepTests(ITestOutputHelper output)
{
    private const int Boards = 8;

    [RequiresToolFact(SteppedClock.Tool)]
    public async Task Stepped_forward_and_back_under_load_it_loses_nothing_takes_nothing_old_and_boards_go_on_within_their_cadence()
    {
        await using ClockSteps steps = new();
        await steps.StartAsync(Boards);

        await steps.StepToAsync(90);
        await steps.StepToAsync(86_400);
        await steps.StepToAsync(0);

        output.WriteLine(await steps.HoldAsync());
    }
}
