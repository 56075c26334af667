using System.Globalization;

namespace IotAttest.Cli.Bench;

/// <summary>The report as people read it.</summary>
internal static class BenchTables
{
    public static BenchText TextOf(BenchReport report) => new("iotattest bench", Head(report), [.. Of(report)], []);

    private static string Head(BenchReport report) => string.Create(
        CultureInfo.InvariantCulture, $"Measured on {report.Machine}, {report.At:yyyy-MM-dd HH:mm}Z. Absolute figures belong to this machine and moment; compare ratios.");

    private static IEnumerable<BenchTable> Of(BenchReport report)
    {
        yield return new BenchTable(
            ["limit of one core", "per second"],
            [
                ["P-256 verify", Count(report.Limits.VerificationsPerSecond)],
                ["P-256 sign", Count(report.Limits.SignaturesPerSecond)],
                ["HMAC-SHA-256 of 512 bytes", Count(report.Limits.MacsPerSecond)],
            ]);
        yield return new BenchTable(
            ["appraisal in process, one core", "per second", "of the limit", "evidence", "allocated each"],
            [.. report.InProcess.Select(row => new[] { row.Key, Count(row.PerSecond), Share(row.OfLimit), $"{row.EvidenceBytes} bytes", $"{Count(row.BytesAllocated)} bytes" })]);
        if (report.EndToEnd.Count > 0)
        {
            yield return new BenchTable(
                ["end to end, durable", "per second", "of all cores' limit", "verifier's processor time", "load generator's", "p50", "p99", "p99.9", "max", "database growth"],
                [.. report.EndToEnd.SelectMany(EndToEndRows)]);
        }

        if (report.Memory is { } memory)
        {
            yield return new BenchTable(
                ["memory and disk", ""],
                [
                    [$"memory per 100,000 boards ({Count(memory.Boards)} enrolled)", string.Create(CultureInfo.InvariantCulture, $"{memory.ResidentBytesPerBoard * 100_000 / (1024 * 1024):F0} MiB")],
                    ["database per board", string.Create(CultureInfo.InvariantCulture, $"{memory.DatabaseBytesPerBoard:F0} bytes")],
                    ["enrolments per second", Count(memory.EnrolmentsPerSecond)],
                ]);
        }
    }

    private static IEnumerable<string[]> EndToEndRows(EndToEndFigures row)
    {
        yield return [$"{row.Setting}, {row.Key}, as fast as answered", .. Figures(row.Full, Share(row.OfLimit), Microseconds(row.CpuSeconds), Microseconds(row.GeneratorCpuSeconds)), $"{row.DatabaseGrowthBytes} bytes"];
        yield return [$"{row.Setting}, {row.Key}, half that rate", .. Figures(row.Half, "", "", ""), ""];
    }

    private static string[] Figures(LoadReport load, string ratio, string cpu, string generator) =>
        [Count(load.PerSecond), ratio, cpu, generator, Milliseconds(load.P50Ms), Milliseconds(load.P99Ms), Milliseconds(load.P999Ms), Milliseconds(load.MaxMs)];

    private static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture);

    private static string Microseconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:F0} µs");

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:F1} ms");
}
