using System.Globalization;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Bench;

/// <summary>The reports about fleets as people read them.</summary>
internal static class FleetTables
{
    private const double Mebibyte = 1024 * 1024;

    public static void Write(Terminal terminal, ScaleReport report)
    {
        terminal.WriteLine($"Small store: {Text(report.Small)}. Large store: {Text(report.Large)}. Boards are drawn uniformly at random from the whole fleet, and each runs a build drawn uniformly at random from its class.");
        terminal.WriteTable(
            ["cost of one: median (least to most)", "small store", "large store", "ratio"],
            report.Rows.Select(row => new[] { row.What, row.Small.Text(1e6, " µs", "F1"), row.Large.Text(1e6, " µs", "F1"), row.Ratio.Text(1, "", "F2") }));
        terminal.WriteFields(
            ("resident memory on the large store", Format($"{report.ResidentBytes / Mebibyte:F0} MiB")),
            ("database bytes per board", Format($"{report.DatabaseBytesPerBoard:F0}")),
            ("opening the large store", Format($"{report.OpenSeconds:F1} s")));
    }

    public static void Write(Terminal terminal, ReappraisalReport report) => terminal.WriteFields(
        ("boards under one certificate", report.Boards.ToString("N0", CultureInfo.InvariantCulture)),
        ("decision durable and answered", Format($"{report.DecisionSeconds:F3} s")),
        ("effective on read", Format($"{report.ReadSeconds:F3} s, {report.ReadSeconds / report.LimitSeconds:F2} of the limit")),
        ("history of every board durable", Format($"{report.HistorySeconds:F3} s, {report.HistorySeconds / report.LimitSeconds:F2} of the limit")),
        ("limit: the same rows and nothing else", Format($"{report.LimitSeconds:F3} s")));

    public static void Write(Terminal terminal, GateReport report)
    {
        terminal.WriteLine($"POST /v1/gate with {report.Boards.ToString("N0", CultureInfo.InvariantCulture)} boards enrolled; clients and verifier on the same machine.");
        terminal.WriteTable(
            ["boards in a question", "clients", "per second", "p50", "p95", "p99", "max"],
            report.Rows.Select(row => new[] { $"{row.BoardsPerRequest}", $"{row.Clients}", Format($"{row.Load.PerSecond:N0}"), Ms(row.Load.P50Ms), Ms(row.P95Ms), Ms(row.Load.P99Ms), Ms(row.Load.MaxMs) }));
    }

    private static string Text(FleetPlan plan) => Format($"{plan.Boards:N0} boards and {plan.Builds:N0} certified builds in {plan.Classes} classes");

    private static string Ms(double value) => Format($"{value:F1} ms");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
