namespace IotAttest.Cli.Bench.Veraison;

/// <summary>Veraison's load test repeated here.</summary>
/// <param name="Machine">This machine.</param>
/// <param name="At">When.</param>
/// <param name="Seconds">Length of each run.</param>
/// <param name="LoadEngine">Engine of the runs with growing users.</param>
/// <param name="Loads">Runs with growing users.</param>
/// <param name="WeightUsers">Users of the runs with a growing store.</param>
/// <param name="Weights">Runs with a growing store, on SQLite.</param>
/// <param name="Differences">What is not alike.</param>
internal sealed record VeraisonReport(
    string Machine, DateTimeOffset At, double Seconds, BenchEngine LoadEngine, IReadOnlyList<VeraisonLoadRow> Loads, int WeightUsers, IReadOnlyList<VeraisonWeightRow> Weights, IReadOnlyList<string> Differences);
