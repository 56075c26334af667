namespace IotAttest.Fuzz.Tests.Engine;

/// <summary>How long, from which seed, and where what was found is kept.</summary>
/// <param name="Executions">Most executions.</param>
/// <param name="Time">Longest time; a run that ends by executions alone can be repeated.</param>
/// <param name="Seed">Of every random choice.</param>
/// <param name="Findings">A folder, or null to keep nothing.</param>
internal sealed record FuzzPlan(long Executions, TimeSpan Time, int Seed, string? Findings);
