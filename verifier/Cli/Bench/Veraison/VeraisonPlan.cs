namespace IotAttest.Cli.Bench.Veraison;

/// <summary>What to repeat of Veraison's load test.</summary>
/// <param name="Duration">Length of each run; theirs took 150 s.</param>
/// <param name="Users">How many users at once, one run each; empty leaves the trial out.</param>
/// <param name="Entries">Reference entries in the store, growing, one run each; empty leaves the trial out.</param>
/// <param name="WeightUsers">Users of the runs with a growing store; theirs were 15.</param>
/// <param name="Postgres">A PostgreSQL server where databases may be made, for the runs with growing users; null for SQLite.</param>
internal sealed record VeraisonPlan(TimeSpan Duration, IReadOnlyList<int> Users, IReadOnlyList<int> Entries, int WeightUsers, string? Postgres)
{
    /// <summary>Digests of components in a build.</summary>
    public const int EntriesPerBuild = 4;

    public const int PublishedSeconds = 150;
    public const int PublishedWeightUsers = 15;

    /// <summary>From 46 users on where they published a figure.</summary>
    public static readonly int[] StandardUsers = [10, 20, 30, 46, 62, 70, 78, 86, 94, 102];

    public static readonly int[] StandardEntries = [86_348, 173_156, 263_340, 350_388, 528_164];
}
