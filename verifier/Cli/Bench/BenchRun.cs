using System.Diagnostics;
using System.Runtime.InteropServices;
using IotAttest.Domain.Devices;

namespace IotAttest.Cli.Bench;

/// <summary>One run of the benchmark: limits, in process, end to end, memory.</summary>
internal static class BenchRun
{
    /// <summary>What figures belong to.</summary>
    public static string Machine => $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture} {RuntimeInformation.OSDescription}, .NET {Environment.Version}";

    public static async Task<BenchReport> RunAsync(BenchPlan plan, Action<string> say, CancellationToken cancellation)
    {
        DateTimeOffset at = DateTimeOffset.UtcNow;
        say($"limits of this machine, {plan.Duration.TotalSeconds:F0} s each");
        LimitFigures limits = new(
            MachineLimits.VerificationsPerSecond(plan.Duration), MachineLimits.SignaturesPerSecond(plan.Duration), MachineLimits.MacsPerSecond(plan.Duration));
        List<InProcessFigures> inProcess = [.. plan.Kinds.Select(kind => MeasureInProcess(plan, kind, limits, say))];
        if (plan.InProcessOnly)
        {
            return new BenchReport(Machine, at, limits, inProcess, [], null);
        }

        List<EndToEndFigures> endToEnd = [];
        foreach (BenchSetting setting in BenchSetting.Of(plan))
        {
            foreach (DeviceKeyKind kind in plan.Kinds)
            {
                endToEnd.Add(await EndToEndBench.RunAsync(plan, setting, kind, LimitOf(kind, limits), say, cancellation));
            }
        }

        MemoryFigures? memory = plan.Fill == 0 ? null : await MeasureMemoryAsync(plan, say, cancellation);
        return new BenchReport(Machine, at, limits, inProcess, endToEnd, memory);
    }

    public static string NameOf(DeviceKeyKind kind) => kind == DeviceKeyKind.P256 ? "ES256" : "HMAC";

    private static double LimitOf(DeviceKeyKind kind, LimitFigures limits) =>
        kind == DeviceKeyKind.P256 ? limits.VerificationsPerSecond : limits.MacsPerSecond;

    private static InProcessFigures MeasureInProcess(BenchPlan plan, DeviceKeyKind kind, LimitFigures limits, Action<string> say)
    {
        say($"appraisal in process, {NameOf(kind)}");
        using InProcessBench bench = new(kind);
        (double perSecond, double bytes) = bench.Run(plan.Duration);
        return new InProcessFigures(NameOf(kind), bench.EvidenceBytes, perSecond, bytes, perSecond / LimitOf(kind, limits));
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
