using System.Globalization;

namespace IotAttest.Cli.Bench;

/// <summary>The reports about fleets as people read them.</summary>
internal static class FleetTables
{
    private const double Mebibyte = 1024 * 1024;

    public static BenchText TextOf(ScaleReport report) => new(
        "iotattest bench scale",
        $"{Measured(report.Machine, report.At)} Small store: {Text(report.Small)}. Large store: {Text(report.Large)}. Boards are drawn uniformly at random, and each runs a build drawn uniformly at random from its class.",
        [
            new BenchTable(
                ["processor time of one: median (least to most)", "rounds", "small store", "large store", "ratio", "within 10 %", "ratio by the clock"],
                [.. report.Rows.Select(row => new[] { row.What, Format($"{row.Rounds}"), row.Small.Text(1e6, " µs", "F1"), row.Large.Text(1e6, " µs", "F1"), row.Ratio.Text(1, "", "F2"), row.IsFlat ? "yes" : "no", row.WallRatio.Text(1, "", "F2") })]),
            new BenchTable(
                ["large store", ""],
                [
                    ["resident memory", Format($"{report.ResidentBytes / Mebibyte:F0} MiB")],
                    ["database bytes per board", Format($"{report.DatabaseBytesPerBoard:F0}")],
                    ["opening it", Format($"{report.OpenSeconds:F1} s")],
                ]),
        ],
        []);

    public static BenchText TextOf(ReappraisalReport report) => new(
        "iotattest bench reappraise",
        Format($"{Measured(report.Machine, report.At)} {report.Boards:N0} boards of one build under one certificate. Seconds from the change; the limit is the same rows and nothing else, after each change."),
        [
            new BenchTable(
                ["change", "answered", "effective on read", "history of every board durable", "limit", "of the limit", "processor time", "that of the limit"],
                [.. report.Changes.Select(row => new[]
                {
                    row.Change, Seconds(row.AnsweredSeconds), Seconds(row.ReadSeconds), Seconds(row.HistorySeconds), Seconds(row.LimitSeconds), Format($"{row.HistorySeconds / row.LimitSeconds:F2}"),
                    Seconds(row.CpuSeconds), Seconds(row.LimitCpuSeconds),
                })]),
        ],
        [Format($"database bytes of a change of one board: {report.BytesPerChange:F0}")]);

    public static BenchText TextOf(GateReport report) => new(
        "iotattest bench gate",
        Format($"{Measured(report.Machine, report.At)} POST /v1/gate with {report.Boards:N0} boards enrolled; clients and verifier on the same machine."),
        [
            new BenchTable(
                ["boards in a question", "clients", "per second", "p50", "p95", "p99", "max"],
                [.. report.Rows.Select(row => new[] { $"{row.BoardsPerRequest}", $"{row.Clients}", Format($"{row.Load.PerSecond:N0}"), Ms(row.Load.P50Ms), Ms(row.P95Ms), Ms(row.Load.P99Ms), Ms(row.Load.MaxMs) })]),
        ],
        []);

    public static BenchText TextOf(ConnectionsReport report) => new(
        "iotattest bench connections",
        Measured(report.Machine, report.At),
        [
            new BenchTable(
                ["idle connections", report.Transport],
                [
                    ["connected", Format($"{report.Connections:N0}, after {report.ConnectSeconds:F1} s")],
                    ["resident memory", Format($"{report.ConnectedBytes / Mebibyte:F0} MiB; {report.EmptyBytes / Mebibyte:F0} MiB before they came")],
                    ["of a connection", Format($"{report.BytesPerConnection / 1024:F1} KiB")],
                    ["cut off and back at once", Format($"{report.Storm:N0} after {report.StormSeconds:F1} s, {report.StormRetries:N0} attempts failed")],
                    ["lost of the others", Format($"{report.Lost:N0}")],
                    ["open files a process may have", Format($"{report.OpenFiles:N0}")],
                ]),
        ],
        []);

    private static string Measured(string machine, DateTimeOffset at) => Format($"Measured on {machine}, {at:yyyy-MM-dd HH:mm}Z.");

    private static string Text(FleetPlan plan) => Format($"{plan.Boards:N0} boards and {plan.Builds:N0} certified builds in {plan.Classes} classes");

    private static string Seconds(double value) => Format($"{value:F2} s");

    private static string Ms(double value) => Format($"{value:F1} ms");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
