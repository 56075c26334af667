namespace IotAttest.Cli.Bench.Veraison;

/// <summary>A run with this many users, beside what was published of one.</summary>
/// <param name="Users">Users at once.</param>
/// <param name="Load">Measured here.</param>
/// <param name="Published">Published there.</param>
internal sealed record VeraisonLoadRow(int Users, UserLoadFigures Load, PublishedLoad Published);
