using System.Diagnostics;
using System.Security.Cryptography;
using IotAttest.Domain.Devices;
using IotAttest.Service.Devices;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Cli.Bench.Veraison;

/// <summary>Whether verification slows down with the number of reference entries: one store that grows, the same users.</summary>
internal static class WeightBench
{
    /// <summary>Submitted builds count too: a long run of submissions would overtake the next size.</summary>
    private static readonly TimeSpan MaxProvisionTime = TimeSpan.FromSeconds(10);

    private static readonly UserTask[] Verify = [UserTask.Verify];
    private static readonly UserTask[] Provision = [UserTask.Provision];

    public static async Task<IReadOnlyList<VeraisonWeightRow>> RunAsync(VeraisonPlan plan, Action<string> say, CancellationToken cancellation)
    {
        int present = BuildsOf(plan.Entries[0]);

        // Every second board has a P-256 key; one class, so that all entries are of the product that is verified.
        await using FleetStore store = await FleetStore.MakeAsync(new FleetPlan(plan.WeightUsers * 2, present, 1), say, cancellation);
        EvidenceMaker[] boards = BoardsOf(store);
        Guid classId = store.Services.GetRequiredService<DeviceDirectory>().All.First().Identity.ClassId;
        List<VeraisonWeightRow> rows = [];
        foreach (int entries in plan.Entries)
        {
            present = await FillAsync(store, classId, present, BuildsOf(entries), say, cancellation);
            (VeraisonWeightRow row, int submitted) = await MeasureAsync(plan, store, boards, classId, present, say, cancellation);
            rows.Add(row);
            present += submitted;
        }

        return rows;
    }

    private static int BuildsOf(int entries) => (entries + VeraisonPlan.EntriesPerBuild - 1) / VeraisonPlan.EntriesPerBuild;

    // Each signs with a copy of the boards' key: users run on threads of their own.
    private static EvidenceMaker[] BoardsOf(FleetStore store)
    {
        ECParameters key = store.BoardKey.ExportParameters(includePrivateParameters: true);
        return [.. store.Services.GetRequiredService<DeviceDirectory>().All.Where(board => board.Identity.KeyKind == DeviceKeyKind.P256).Select(board => FleetStore.MakerOf(board, ECDsa.Create(key)))];
    }

    private static async Task<int> FillAsync(FleetStore store, Guid classId, int present, int wanted, Action<string> say, CancellationToken cancellation)
    {
        if (wanted <= present)
        {
            return present;
        }

        say($"filling the store: {wanted:N0} builds");
        await store.ReopenAsync(cancellation);
        await new FleetFiller(store).AddBuildsAsync(classId, present, wanted - present, cancellation);
        return wanted;
    }

    private static async Task<(VeraisonWeightRow Row, int Submitted)> MeasureAsync(
        VeraisonPlan plan, FleetStore store, EvidenceMaker[] boards, Guid classId, int builds, Action<string> say, CancellationToken cancellation)
    {
        await store.CloseAsync();
        Stopwatch watch = Stopwatch.StartNew();
        using ChildVerifier verifier = await VeraisonBench.StartAsync(store.Folder, null, cancellation);
        double opened = watch.Elapsed.TotalSeconds;
        VerifierSite site = new(verifier.Http, verifier.OperatorToken, classId, FleetStore.Manufacturer, store.MakerKey.ExportParameters(includePrivateParameters: true), builds);
        int entries = builds * VeraisonPlan.EntriesPerBuild;
        say($"{entries:N0} entries: {boards.Length} users verify, {plan.Duration.TotalSeconds:F0} s");
        UserLoadFigures verify = await UserLoad.RunAsync(verifier, site, boards, Verify, plan.Duration, cancellation);
        say($"{entries:N0} entries: {boards.Length} users submit builds");
        TimeSpan provisionTime = plan.Duration < MaxProvisionTime ? plan.Duration : MaxProvisionTime;
        UserLoadFigures provision = await UserLoad.RunAsync(verifier, site, boards, Provision, provisionTime, cancellation);
        long resident = verifier.ResidentBytes;
        await verifier.TerminateAsync();
        return (new VeraisonWeightRow(entries, builds, opened, resident, verify, provision, PublishedWeight.Of(entries), PublishedWeight.RatioOf(entries)), site.Submitted);
    }
}
