using System.Security.Cryptography;
using IotAttest.Domain.Devices;

namespace IotAttest.Cli.Bench.Veraison;

/// <summary>Veraison's load test of 2025-02 with the routes of this verifier: more and more users, then a store that grows.</summary>
/// <remarks>Their method: veraison/services, perf/reports/2025-02/veraison-aws-perf.md (trials 1 and 3) and perf/scripts/run-loads.py.</remarks>
internal static class VeraisonBench
{
    private const string Manufacturer = "bench-provisioner";

    private static readonly UserTask[] AllTasks = [UserTask.WellKnown, UserTask.Provision, UserTask.Verify];

    public static async Task<VeraisonReport> RunAsync(VeraisonPlan plan, Action<string> say, CancellationToken cancellation)
    {
        DateTimeOffset at = DateTimeOffset.UtcNow;
        List<VeraisonLoadRow> loads = [];
        foreach (int users in plan.Users)
        {
            say($"{users} users, {plan.Duration.TotalSeconds:F0} s");
            loads.Add(new VeraisonLoadRow(users, await RunUsersAsync(plan, users, cancellation), PublishedLoad.Of(users)));
        }

        IReadOnlyList<VeraisonWeightRow> weights = plan.Entries.Count == 0 ? [] : await WeightBench.RunAsync(plan, say, cancellation);
        return new VeraisonReport(
            BenchRun.Machine, at, plan.Duration.TotalSeconds, plan.Postgres is null ? BenchEngine.Sqlite : BenchEngine.Postgres, loads, plan.WeightUsers, weights, VeraisonDifferences.Of(plan));
    }

    // Each run has a store of its own, as they cleared theirs.
    private static async Task<UserLoadFigures> RunUsersAsync(VeraisonPlan plan, int users, CancellationToken cancellation)
    {
        using TemporaryFolder folder = new();
        await using BenchDatabase? database = plan.Postgres is { } server ? await BenchDatabase.CreateAsync(server, cancellation) : null;
        using ChildVerifier verifier = await StartAsync(folder.Path, database, cancellation);
        using HttpClient http = verifier.Operator();
        using LoadFleet fleet = await LoadFleet.EnrolAsync(http, DeviceKeyKind.P256, users);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await LoadFleet.RegisterAsync(http, Manufacturer, "manufacturer", key);
        VerifierSite site = new(verifier.Http, verifier.OperatorToken, Guid.NewGuid(), Manufacturer, key.ExportParameters(includePrivateParameters: true), 0);
        return await UserLoad.RunAsync(verifier, site, fleet.Boards, AllTasks, plan.Duration, cancellation);
    }

    /// <summary>All users come from one address, so the limit per address is raised.</summary>
    internal static Task<ChildVerifier> StartAsync(string folder, BenchDatabase? database, CancellationToken cancellation) => ChildVerifier.StartWithAsync(
        folder, database is null ? [] : [("IOTATTEST_DATABASE", database.ConnectionString)], cancellation, "--board-requests", "100000", "--attest-every", "1d");
}
