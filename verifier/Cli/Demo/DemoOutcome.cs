namespace IotAttest.Cli.Demo;

/// <summary>How the demo ended.</summary>
/// <param name="Rows">The fleet as it was seen last.</param>
/// <param name="Differences">What is not as it should be; empty when all is.</param>
internal sealed record DemoOutcome(IReadOnlyList<FleetRow> Rows, IReadOnlyList<string> Differences);
