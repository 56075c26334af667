namespace IotAttest.Cli.Bench;

/// <summary>One way in and one engine behind.</summary>
/// <param name="Transport">What the boards connect to.</param>
/// <param name="Engine">Where the verdicts are kept.</param>
internal sealed record BenchSetting(BenchTransport Transport, BenchEngine Engine)
{
    public string Name => $"{Way}, {(Engine == BenchEngine.Sqlite ? "SQLite" : "PostgreSQL")}";

    private string Way => Transport switch
    {
        BenchTransport.Embedded => "verifier's own endpoint",
        BenchTransport.Mosquitto => "Mosquitto",
        _ => "RabbitMQ",
    };

    /// <summary>Every way in with every engine that there is to measure.</summary>
    public static IReadOnlyList<BenchSetting> Of(BenchPlan plan)
    {
        BenchEngine[] engines = plan.Postgres is null ? [BenchEngine.Sqlite] : [BenchEngine.Sqlite, BenchEngine.Postgres];
        return [.. Ways(plan).SelectMany(way => engines.Select(engine => new BenchSetting(way, engine)))];
    }

    private static IEnumerable<BenchTransport> Ways(BenchPlan plan)
    {
        yield return BenchTransport.Embedded;
        if (plan.HasMosquitto)
        {
            yield return BenchTransport.Mosquitto;
        }

        if (plan.Rabbit is not null)
        {
            yield return BenchTransport.Rabbit;
        }
    }
}
