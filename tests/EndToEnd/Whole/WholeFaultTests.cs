using IotAttest.EndToEnd.Tests.Long;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Whole;

/// <summary>The short form of <see cref="WholeClusterTests"/>: each fault once.</summary>
[Collection(WholeFixture.Name)]
public sealed class WholeFaultTests(WholeFixture fixture, ITestOutputHelper output)
{
    private const int Boards = 8;

    [RequiresWholeFact]
    public async Task A_verifier_a_node_and_the_database_are_ended_once_each_and_nothing_acknowledged_is_lost()
    {
        await using LongFleet fleet = await LongFleet.EnrolAsync(fixture.Whole.Verifiers[0], Boards, Acknowledgement.Result);
        fleet.MoveTo(fixture.Whole.Addresses);
        fleet.Start();
        WholeFaults faults = new(fixture.Whole, fleet);

        await faults.RoundAsync(0);

        output.WriteLine(await faults.HoldAsync());
    }
}
