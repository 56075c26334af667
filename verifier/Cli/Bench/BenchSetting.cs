namespace IotAttest.Cli.Bench;

/// <summary>One way in and one engine behind.</summary>
/// <param name="Transport">What the boards connect to.</param>
/// <param name="Engine">Where the verdicts are kept.</param>
internal sealed record BenchSetting(BenchTransport Transport, BenchEngine Engine)
{
    public string Name => (Transport, Engine) switch
    {
        (BenchTransport.Embedded, BenchEngine.Sqlite) => "verifier's own endpoint, SQLite",
        (BenchTransport.Embedded, _) => "verifier's own endpoint, PostgreSQL",
        (_, BenchEngine.Sqlite) => "Mosquitto, SQLite",
        _ => "Mosquitto, PostgreSQL",
    };

    /// <summary>Every way in with every engine that there is to measure.</summary>
    public static IReadOnlyList<BenchSetting> Of(BenchPlan plan) =>
    [
        new(BenchTransport.Embedded, BenchEngine.Sqlite),
        .. plan.Postgres is null ? Array.Empty<BenchSetting>() : [new(BenchTransport.Embedded, BenchEngine.Postgres)],
        .. plan.HasMosquitto ? [new BenchSetting(BenchTransport.Mosquitto, BenchEngine.Sqlite)] : Array.Empty<BenchSetting>(),
    ];
}
