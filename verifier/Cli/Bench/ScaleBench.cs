using System.Diagnostics;
using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.Builds;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Cli.Bench;

/// <summary>Whether the size of the store changes what an appraisal, or a submission, costs: the same work in a small and a large store, in turns.</summary>
internal static class ScaleBench
{
    private const int HmacPerRound = 8_000;
    private const int P256PerRound = 2_000;
    private const int DurablePerRound = 2_000;
    private const int SubmissionsPerRound = 20;

    private const int MinRounds = 3;

    private static readonly TimeSpan MaxRowTime = TimeSpan.FromSeconds(60);
    private static readonly FleetPlan SmallPlan = new(100, 10, 2);

    /// <summary>Boards with a key of one kind in the small store.</summary>
    private static readonly int Few = SmallPlan.Boards / 2;

    public static async Task<ScaleReport> RunAsync(int boards, int builds, int rounds, Action<string> say, CancellationToken cancellation)
    {
        DateTimeOffset at = DateTimeOffset.UtcNow;
        FleetPlan largePlan = new(boards, builds, Math.Clamp(builds / 1000, 2, 100));
        await using FleetStore small = await FleetStore.MakeAsync(SmallPlan, say, cancellation);
        await using FleetStore large = await FleetStore.MakeAsync(largePlan, say, cancellation);
        double openSeconds = large.OpenTime.TotalSeconds;
        List<ScaleRow> rows =
        [
            await AppraiseAsync("appraisal, HMAC, as many boards heard in both", small, large, DeviceKeyKind.Hmac, BoardDraw.Few, HmacPerRound, rounds, say),
            await AppraiseAsync("appraisal, ES256, as many boards heard in both", small, large, DeviceKeyKind.P256, BoardDraw.Few, P256PerRound, rounds, say),
            await AppraiseAsync("appraisal, HMAC, whole fleet heard", small, large, DeviceKeyKind.Hmac, BoardDraw.Fleet, HmacPerRound, rounds, say),
            await AppraiseAsync("appraisal, ES256, whole fleet heard", small, large, DeviceKeyKind.P256, BoardDraw.Fleet, P256PerRound, rounds, say),
            await AppraiseAsync("appraisal, ES256, whole fleet heard, keys parsed each time in both", small, large, DeviceKeyKind.P256, BoardDraw.FleetKeysAnew, P256PerRound, rounds, say),
            await AppraiseDurablyAsync("as many boards heard in both", BoardDraw.Few, small, large, rounds, say),
            await AppraiseDurablyAsync("whole fleet heard", BoardDraw.Fleet, small, large, rounds, say),
            await SubmitAsync(small, large, rounds, say, cancellation),
        ];
        say("resident memory of a verifier of its own on the large store");
        await large.CloseAsync();
        return new ScaleReport(BenchRun.Machine, at, SmallPlan, largePlan, rows, await ResidentAsync(large.Folder, cancellation), large.DatabaseBytesOfBoards / (double)boards, openSeconds);
    }

    private static async Task<ScaleRow> AppraiseAsync(string what, FleetStore small, FleetStore large, DeviceKeyKind kind, BoardDraw draw, int count, int rounds, Action<string> say)
    {
        say($"{what}, {rounds} rounds of {count:N0} in each store");
        AppraisalProbe inSmall = new(small, kind, draw, Few);
        AppraisalProbe inLarge = new(large, kind, draw, Few);
        return await InTurnsAsync(
            what, rounds, async () => inSmall.Time(await inSmall.MakeAsync(count, isEachOnce: false)), async () => inLarge.Time(await inLarge.MakeAsync(count, isEachOnce: false)));
    }

    // In the small store there are not enough boards for one evidence each: it answers the same count in several batches.
    private static async Task<ScaleRow> AppraiseDurablyAsync(string heard, BoardDraw draw, FleetStore small, FleetStore large, int rounds, Action<string> say)
    {
        int batch = Few;
        say($"whole path with the store, HMAC, {heard}, {rounds} rounds of {DurablePerRound:N0} in batches of {batch}");
        AppraisalProbe inSmall = new(small, DeviceKeyKind.Hmac, draw, Few);
        AppraisalProbe inLarge = new(large, DeviceKeyKind.Hmac, draw, Few);
        return await InTurnsAsync($"whole path, HMAC, durable, {heard}", rounds, () => TimeBatchesAsync(inSmall, batch), () => TimeBatchesAsync(inLarge, batch));
    }

    private static async Task<Cost> TimeBatchesAsync(AppraisalProbe probe, int batch)
    {
        // Once a round: collecting the heap of a million boards takes seconds.
        GC.Collect();
        Cost cost = default;
        for (int done = 0; done < DurablePerRound; done += batch)
        {
            cost += await probe.TimeDurableAsync(await probe.MakeAsync(batch, isEachOnce: true));
        }

        return cost / (DurablePerRound / batch);
    }

    private static async Task<ScaleRow> SubmitAsync(FleetStore small, FleetStore large, int rounds, Action<string> say, CancellationToken cancellation)
    {
        say($"submission of a build, {rounds} rounds of {SubmissionsPerRound} in each store");
        Guid classId = Guid.NewGuid();
        int number = 0;
        return await InTurnsAsync(
            "submission of a build", rounds, () => TimeSubmissionsAsync(small, classId, () => number++, cancellation), () => TimeSubmissionsAsync(large, classId, () => number++, cancellation));
    }

    private static async Task<Cost> TimeSubmissionsAsync(FleetStore store, Guid classId, Func<int> next, CancellationToken cancellation)
    {
        BuildRegistry registry = store.Services.GetRequiredService<BuildRegistry>();
        Caller caller = Caller.Of(Caller.ToPrincipal(new AccessGrant([Roles.Operator], null), "bench"));
        FleetFiller filler = new(store);
        byte[][] files = [.. Enumerable.Range(0, SubmissionsPerRound).Select(_ => filler.Sign(FleetFiller.Manifest(classId, next())))];
        (long started, double cpu) = (Stopwatch.GetTimestamp(), CpuClock.Process());
        foreach (byte[] file in files)
        {
            await registry.SubmitAsync(caller, file, null, cancellation);
        }

        return new Cost(Stopwatch.GetElapsedTime(started).TotalSeconds, CpuClock.Process() - cpu) / SubmissionsPerRound;
    }

    // Which store comes first alternates, so that neither always finds the caches of the other.
    private static async Task<ScaleRow> InTurnsAsync(string what, int rounds, Func<Task<Cost>> small, Func<Task<Cost>> large)
    {
        await small();
        await large();
        List<(Cost Small, Cost Large)> results = [];
        Stopwatch watch = Stopwatch.StartNew();
        for (int round = 0; round < rounds && (round < MinRounds || watch.Elapsed < MaxRowTime); round++)
        {
            if (round % 2 == 0)
            {
                Cost first = await small();
                results.Add((first, await large()));
            }
            else
            {
                Cost first = await large();
                results.Add((await small(), first));
            }
        }

        return ScaleRow.Of(what, results);
    }

    private static async Task<long> ResidentAsync(string folder, CancellationToken cancellation)
    {
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder, cancellation, "--attest-every", "1d");

        // The first look at all boards follows the start.
        await Task.Delay(TimeSpan.FromSeconds(10), cancellation);
        return verifier.ResidentBytes;
    }
}
