namespace IotAttest.Cli.Bench;

/// <summary>Everything one run measured. Absolute figures belong to the machine of the run; the ratios travel.</summary>
internal sealed record BenchReport(
    string Machine,
    DateTimeOffset At,
    LimitFigures Limits,
    IReadOnlyList<InProcessFigures> InProcess,
    IReadOnlyList<EndToEndFigures> EndToEnd,
    MemoryFigures? Memory);
