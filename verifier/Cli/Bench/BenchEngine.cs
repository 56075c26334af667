namespace IotAttest.Cli.Bench;

/// <summary>Where the verdicts are kept.</summary>
internal enum BenchEngine
{
    Sqlite,
    Postgres,
}
