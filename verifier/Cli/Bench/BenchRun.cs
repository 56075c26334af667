using System.Diagnostics;
using IotAttest.Domain.Devices;

namespace IotAttest.Cli.Bench;

/// <summary>One run of the benchmark: limits, in process, end to end, memory.</summary>
internal static class BenchRun
{
    private const int MinWarmUps = 2;
    private const int MaxWarmUps = 20;
    private const double SteadyGain = 1.05;

    public static async Task<BenchReport> RunAsync(BenchPlan plan, Action<string> say, CancellationToken cancellation)
    {
        say($"limits of this machine, {plan.Duration.TotalSeconds:F0} s each");
        LimitFigures limits = new(
            MachineLimits.VerificationsPerSecond(plan.Duration), MachineLimits.SignaturesPerSecond(plan.Duration), MachineLimits.MacsPerSecond(plan.Duration));
        List<InProcessFigures> inProcess = [MeasureInProcess(plan, DeviceKeyKind.P256, limits, say), MeasureInProcess(plan, DeviceKeyKind.Hmac, limits, say)];
        string machine = $"{Environment.ProcessorCount} cores, {Environment.OSVersion.Platform}, .NET {Environment.Version}";
        if (plan.InProcessOnly)
        {
            return new BenchReport(machine, limits, inProcess, [], null);
        }

        List<EndToEndFigures> endToEnd = [];
        foreach (DeviceKeyKind kind in new[] { DeviceKeyKind.P256, DeviceKeyKind.Hmac })
        {
            endToEnd.Add(await MeasureEndToEndAsync(plan, kind, limits, say, cancellation));
        }

        MemoryFigures? memory = plan.Fill == 0 ? null : await MeasureMemoryAsync(plan, say, cancellation);
        return new BenchReport(machine, limits, inProcess, endToEnd, memory);
    }

    private static string NameOf(DeviceKeyKind kind) => kind == DeviceKeyKind.P256 ? "ES256" : "HMAC";

    private static double LimitOf(DeviceKeyKind kind, LimitFigures limits) =>
        kind == DeviceKeyKind.P256 ? limits.VerificationsPerSecond : limits.MacsPerSecond;

    private static InProcessFigures MeasureInProcess(BenchPlan plan, DeviceKeyKind kind, LimitFigures limits, Action<string> say)
    {
        say($"appraisal in process, {NameOf(kind)}");
        using InProcessBench bench = new(kind);
        (double perSecond, double bytes) = bench.Run(plan.Duration);
        return new InProcessFigures(NameOf(kind), bench.EvidenceBytes, perSecond, bytes, perSecond / LimitOf(kind, limits));
    }

    private static async Task<EndToEndFigures> MeasureEndToEndAsync(BenchPlan plan, DeviceKeyKind kind, LimitFigures limits, Action<string> say, CancellationToken cancellation)
    {
        using TemporaryFolder folder = new();
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder.Path, cancellation);
        using HttpClient http = verifier.Operator();
        using LoadFleet fleet = await LoadFleet.EnrolAsync(http, kind, plan.Boards);
        await using LoadGenerator load = new(verifier.MqttHost, verifier.MqttPort, fleet);
        await load.ConnectAsync(cancellation);
        say($"end to end over MQTT, {NameOf(kind)}, {plan.Boards} boards: warming up until the rate is steady");
        await WarmUpAsync(load, plan.Duration / 2, cancellation);
        long before = DatabaseFile.Bytes(folder.Path);
        say($"end to end over MQTT, {NameOf(kind)}: as fast as answered");
        double cpu = verifier.CpuSeconds;
        LoadReport full = await load.RunAsync(plan.Duration, null, cancellation);
        cpu = (verifier.CpuSeconds - cpu) / Math.Max(1, full.Count);
        say($"end to end over MQTT, {NameOf(kind)}: at half that rate");
        LoadReport half = await load.RunAsync(plan.Duration, full.PerSecond / 2, cancellation);
        long growth = DatabaseFile.Bytes(folder.Path) - before;
        return new EndToEndFigures(NameOf(kind), full, half, full.PerSecond / (LimitOf(kind, limits) * Environment.ProcessorCount), cpu, growth);
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

    private static async Task<MemoryFigures> MeasureMemoryAsync(BenchPlan plan, Action<string> say, CancellationToken cancellation)
    {
        say($"memory of {plan.Fill:N0} boards");
        using TemporaryFolder folder = new();
        long emptyResident;
        using (ChildVerifier verifier = await ChildVerifier.StartAsync(folder.Path, cancellation))
        {
            using HttpClient http = verifier.Operator();
            using LoadFleet organisation = await LoadFleet.EnrolAsync(http, DeviceKeyKind.Hmac, 1);
            emptyResident = verifier.ResidentBytes;
        }

        long emptyFile = DatabaseFile.Bytes(folder.Path);
        double perSecond = await FillAsync(folder.Path, plan.Fill, cancellation);

        // A fresh start shows what the boards cost, not what enrolling them left behind.
        using ChildVerifier filled = await ChildVerifier.StartAsync(folder.Path, cancellation);
        double resident = (filled.ResidentBytes - emptyResident) / (double)plan.Fill;
        double disk = (DatabaseFile.Bytes(folder.Path) - emptyFile) / (double)plan.Fill;
        return new MemoryFigures(plan.Fill, resident, disk, perSecond);
    }

    private static async Task<double> FillAsync(string folder, int count, CancellationToken cancellation)
    {
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder, cancellation);
        using HttpClient http = verifier.Operator();
        Stopwatch watch = Stopwatch.StartNew();
        await LoadFleet.FillAsync(http, count);
        return count / watch.Elapsed.TotalSeconds;
    }
}
