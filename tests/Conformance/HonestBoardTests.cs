using IotAttest.Simulator;

namespace IotAttest.Conformance.Tests;

public sealed class HonestBoardTests
{
    // What the kind of key rules out.
    private static readonly string[] OnlyWithSignatures = ["key.signature-nonce", "key.signature-values"];
    private static readonly string[] OnlyWithMacs = ["key.credential"];

    [Theory]
    [InlineData(BoardKeyType.P256)]
    [InlineData(BoardKeyType.Hmac)]
    public async Task An_honest_board_passes_every_check(BoardKeyType keyType)
    {
        await using TestBench bench = TestBench.Start(BoardIdentity.Create(keyType));

        ConformanceReport report = await bench.RunAsync(ConformanceSuite.Modules);

        Assert.Empty(report.Checks.Where(check => check.Finding.Outcome == CheckOutcome.Fail).Select(check => $"{check.Id}: {check.Finding.Seen}"));
        Assert.Equal(
            keyType == BoardKeyType.P256 ? OnlyWithMacs : OnlyWithSignatures,
            report.Checks.Where(check => check.Finding.Outcome == CheckOutcome.NotApplicable).Select(check => check.Id));
    }

    [Fact]
    public async Task Modules_run_in_the_order_of_the_suite_whatever_the_order_asked_for()
    {
        await using TestBench bench = TestBench.Start(Fault.P256());

        ConformanceReport report = await bench.RunAsync(ConformanceSuite.Find("key")!, ConformanceSuite.Find("manifest")!, ConformanceSuite.Find("key")!);

        Assert.Equal(["manifest", "key"], report.Modules.Select(module => module.Id));
    }
}
