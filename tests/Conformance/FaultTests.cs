namespace IotAttest.Conformance.Tests;

/// <summary>Every check can fail: a board, a manifest or a verifier with a fault is found out by the check that is for it.</summary>
public sealed class FaultTests
{
    public static TheoryData<string> Checks => [.. ConformanceSuite.Modules.SelectMany(module => module.Checks).Select(check => check.Id)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task A_fault_makes_the_check_fail(string id)
    {
        await using TestBench bench = TestBench.Start(FaultTable.Faults[id]);

        Finding finding = await bench.RunAsync(id);

        Assert.True(finding.Outcome == CheckOutcome.Fail, $"{finding}");
    }

    [Fact]
    public void No_fault_is_for_a_check_that_is_gone() =>
        Assert.Empty(FaultTable.Faults.Keys.Except(ConformanceSuite.Modules.SelectMany(module => module.Checks).Select(check => check.Id)));
}
