using System.Globalization;

namespace IotAttest.Cli.Bench.Veraison;

/// <summary>The report as people read it.</summary>
internal static class VeraisonTables
{
    private const double Mebibyte = 1024 * 1024;

    public static BenchText TextOf(VeraisonReport report) => new("iotattest bench veraison", Head(report), [.. Of(report)], report.Differences);

    private static string Head(VeraisonReport report) => Format(
        $"Veraison's load test of 2025-02, repeated with this verifier on {report.Machine}, {report.At:yyyy-MM-dd HH:mm}Z, {report.Seconds:F0} s each run (theirs {VeraisonPlan.PublishedSeconds} s).");

    private static IEnumerable<BenchTable> Of(VeraisonReport report)
    {
        if (report.Loads.Count > 0)
        {
            yield return new BenchTable(
                ["users", "evidence a second", "as their plots count", "median", "p95", "max", "failed", "verifier's processors", "published: as plotted", "counted", "median", "p95", "max", "failed"],
                [.. report.Loads.Select(LoadRow)]);
            yield return new BenchTable(
                [Format($"{report.Loads[^1].Users} users: request"), "a second", "median", "p95", "max", "failed"],
                [.. report.Loads[^1].Load.Requests.Select(request => (string[])[NameOf(request.Key), .. Figures(request.Value)])]);
        }

        if (report.Weights.Count > 0)
        {
            double first = report.Weights[0].Verify.Evidence.PerSecond;
            yield return new BenchTable(
                [Format($"reference entries, {report.WeightUsers} users"), "builds", "evidence a second", "of the first", "as their plots count", "median", "p95", "max", "failed", "builds submitted a second", "opened in", "memory", "published: as plotted", "of the first"],
                [.. report.Weights.Select(row => WeightRow(row, first))]);
        }
    }

    private static string[] LoadRow(VeraisonLoadRow row) =>
    [
        Format($"{row.Users}"), Count(row.Load.Evidence.PerSecond), Count(row.Load.AsPlottedPerSecond), Ms(row.Load.Evidence.MedianMs), Ms(row.Load.Evidence.P95Ms), Ms(row.Load.Evidence.MaxMs), Format($"{row.Load.Evidence.Failed:N0} of {row.Load.Evidence.Count:N0}"), Ratio(row.Load.Processors),
        row.Published.PerSecond, row.Published.CountedPerSecond, row.Published.Median, row.Published.P95, row.Published.Max, row.Published.Failed,
    ];

    private static string[] WeightRow(VeraisonWeightRow row, double first) =>
    [
        Format($"{row.Entries:N0}"), Format($"{row.Builds:N0}"), Count(row.Verify.Evidence.PerSecond), Ratio(row.Verify.Evidence.PerSecond / first), Count(row.Verify.AsPlottedPerSecond),
        Ms(row.Verify.Evidence.MedianMs), Ms(row.Verify.Evidence.P95Ms), Ms(row.Verify.Evidence.MaxMs), Format($"{row.Verify.Failed + row.Provision.Failed:N0}"),
        Count(row.Provision.AsPlottedPerSecond), Format($"{row.OpenSeconds:F1} s"), Format($"{row.ResidentBytes / Mebibyte:F0} MiB"),
        row.PublishedPerSecond?.ToString(CultureInfo.InvariantCulture) ?? "", row.PublishedRatio is { } ratio ? Ratio(ratio) : "",
    ];

    private static string[] Figures(RequestFigures figures) =>
        [Count(figures.PerSecond), Ms(figures.MedianMs), Ms(figures.P95Ms), Ms(figures.MaxMs), Format($"{figures.Failed:N0} of {figures.Count:N0}")];

    private static string NameOf(UserRequest request) => request switch
    {
        UserRequest.WellKnown => "well-known: GET /v1/keys",
        UserRequest.Provision => "provision: POST /v1/builds",
        UserRequest.Challenge => "verify: POST /v1/challenges",
        UserRequest.Evidence => "verify: POST /v1/evidence",
        _ => "verify: GET /v1/devices/{ueid}/result",
    };

    private static string Count(double value) => Format($"{value:N0}");

    private static string Ratio(double value) => Format($"{value:F2}");

    private static string Ms(double value) => Format($"{value:F1} ms");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
