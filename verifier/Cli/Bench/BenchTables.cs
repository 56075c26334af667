using System.Globalization;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Bench;

/// <summary>The report as people read it.</summary>
internal static class BenchTables
{
    public static void Write(Terminal terminal, BenchReport report)
    {
        terminal.WriteLine($"Measured on {report.Machine}. Absolute figures belong to this machine and moment; compare ratios.");
        terminal.WriteTable(
            ["limit of one core", "per second"],
            [
                ["P-256 verify", Count(report.Limits.VerificationsPerSecond)],
                ["P-256 sign", Count(report.Limits.SignaturesPerSecond)],
                ["HMAC-SHA-256 of 512 bytes", Count(report.Limits.MacsPerSecond)],
            ]);
        terminal.WriteTable(
            ["appraisal in process, one core", "per second", "of the limit", "evidence", "allocated each"],
            report.InProcess.Select(row => new[] { row.Key, Count(row.PerSecond), Share(row.OfLimit), $"{row.EvidenceBytes} bytes", $"{Count(row.BytesAllocated)} bytes" }));
        if (report.EndToEnd.Count > 0)
        {
            terminal.WriteTable(
                ["end to end over MQTT, durable", "per second", "of both cores' limit", "verifier's processor time", "p50", "p99", "p99.9", "max", "database growth"],
                report.EndToEnd.SelectMany(EndToEndRows));
        }

        if (report.Memory is { } memory)
        {
            terminal.WriteFields(
                ($"memory per 100,000 boards ({memory.Boards:N0} enrolled)", $"{memory.ResidentBytesPerBoard * 100_000 / (1024 * 1024):F0} MiB"),
                ("database per board", $"{memory.DatabaseBytesPerBoard:F0} bytes"),
                ("enrolments per second", Count(memory.EnrolmentsPerSecond)));
        }
    }

    private static IEnumerable<string[]> EndToEndRows(EndToEndFigures row)
    {
        yield return [$"{row.Key}, as fast as answered", .. Figures(row.Full, Share(row.OfLimit), string.Create(CultureInfo.InvariantCulture, $"{row.CpuSeconds * 1e6:F0} µs")), $"{row.DatabaseGrowthBytes} bytes"];
        yield return [$"{row.Key}, half that rate", .. Figures(row.Half, "", ""), ""];
    }

    private static string[] Figures(LoadReport load, string ratio, string cpu) =>
        [Count(load.PerSecond), ratio, cpu, Milliseconds(load.P50Ms), Milliseconds(load.P99Ms), Milliseconds(load.P999Ms), Milliseconds(load.MaxMs)];

    private static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture);

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:F1} ms");
}
