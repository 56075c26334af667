using IotAttest.Domain.Devices;

namespace IotAttest.Cli.Bench;

/// <summary>Boards on one side, a verifier in a process of its own on the other, and what stands between them.</summary>
internal static class EndToEndBench
{
    private const int MinWarmUps = 4;
    private const int MaxWarmUps = 20;
    private const double SteadyGain = 1.05;
    private static readonly TimeSpan ReadyTime = TimeSpan.FromSeconds(30);

    /// <param name="plan">How long, how many.</param>
    /// <param name="setting">Way in and engine.</param>
    /// <param name="kind">The boards' keys.</param>
    /// <param name="limitPerSecond">How often one core could do the cryptography of it.</param>
    /// <param name="say">Hears of progress.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task<EndToEndFigures> RunAsync(BenchPlan plan, BenchSetting setting, DeviceKeyKind kind, double limitPerSecond, Action<string> say, CancellationToken cancellation)
    {
        string what = $"end to end, {setting.Name}, {BenchRun.NameOf(kind)}";
        using TemporaryFolder folder = new();
        await using BenchDatabase? database = setting.Engine == BenchEngine.Postgres ? await BenchDatabase.CreateAsync(plan.Postgres!, cancellation) : null;
        await using IBenchBroker? broker = await BrokerAsync(plan, setting.Transport, cancellation);
        using ChildVerifier verifier = await StartAsync(folder.Path, database, broker, cancellation);
        using HttpClient http = verifier.Operator();
        await ReadyAsync(http, cancellation);
        using LoadFleet fleet = await LoadFleet.EnrolAsync(http, kind, plan.Boards);
        await using LoadGenerator load = broker is null
            ? new LoadGenerator(verifier.MqttHost, verifier.MqttPort, fleet)
            : new LoadGenerator(LoopbackPort.Host, broker.Port, fleet, waitsForResult: true);
        await load.ConnectAsync(cancellation);
        say($"{what}, {plan.Boards} boards: warming up until the rate is steady");
        await WarmUpAsync(load, plan.Duration / 2, cancellation);
        long before = await BytesAsync(folder.Path, database, cancellation);
        say($"{what}: as fast as answered");
        double cpu = verifier.CpuSeconds;
        double own = Environment.CpuUsage.TotalTime.TotalSeconds;
        LoadReport full = await load.RunAsync(plan.Duration, null, cancellation);
        cpu = (verifier.CpuSeconds - cpu) / Math.Max(1, full.Count);
        own = (Environment.CpuUsage.TotalTime.TotalSeconds - own) / Math.Max(1, full.Count);
        say($"{what}: at half that rate");
        LoadReport half = await load.RunAsync(plan.Duration, full.PerSecond / 2, cancellation);
        long growth = await BytesAsync(folder.Path, database, cancellation) - before;
        return new EndToEndFigures(BenchRun.NameOf(kind), setting.Name, full, half, full.PerSecond / (limitPerSecond * Environment.ProcessorCount), cpu, own, growth);
    }

    private static async Task<IBenchBroker?> BrokerAsync(BenchPlan plan, BenchTransport transport, CancellationToken cancellation) => transport switch
    {
        BenchTransport.Embedded => null,
        BenchTransport.Mosquitto => await BenchMosquitto.StartAsync(cancellation),
        _ => await BenchRabbit.StartAsync(plan.Rabbit!, cancellation),
    };

    private static Task<ChildVerifier> StartAsync(string folder, BenchDatabase? database, IBenchBroker? broker, CancellationToken cancellation)
    {
        // By the environment, where a password in it is not seen by all users of the machine.
        (string, string)[] environment = database is null ? [] : [("IOTATTEST_DATABASE", database.ConnectionString)];
        return ChildVerifier.StartWithAsync(folder, environment, cancellation, broker is null ? [] : [.. broker.ServeOptions]);
    }

    // Behind a broker a verifier that listens has not subscribed yet, and nobody keeps a hello for it.
    private static async Task ReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ReadyTime);
        while (true)
        {
            using HttpResponseMessage response = await http.GetAsync("/readyz", limit.Token);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    // A verifier that just started runs code that its compiler did not optimise yet; on a busy machine that takes long.
    private static async Task WarmUpAsync(LoadGenerator load, TimeSpan step, CancellationToken cancellation)
    {
        double best = 0;
        for (int i = 0; i < MaxWarmUps; i++)
        {
            double rate = (await load.RunAsync(step, null, cancellation)).PerSecond;
            if (i >= MinWarmUps && rate < best * SteadyGain)
            {
                return;
            }

            best = Math.Max(best, rate);
        }
    }

    private static async Task<long> BytesAsync(string folder, BenchDatabase? database, CancellationToken cancellation) =>
        database is null ? DatabaseFile.Bytes(folder) : await database.BytesAsync(cancellation);
}
