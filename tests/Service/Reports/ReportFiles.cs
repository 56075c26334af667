using System.Text;
using IotAttest.Conformance;
using IotAttest.Domain.Corim;

namespace IotAttest.Service.Tests.Reports;

/// <summary>Conformance reports for tests.</summary>
internal static class ReportFiles
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A report of two checks about a manifest, the second failed or not; <paramref name="seen"/> makes it another file.</summary>
    public static byte[] Bytes(byte[] manifest, bool isFailed = false, string seen = "it") => ReportJson.Write(new ConformanceReport(
        "0.1.0",
        new ReportTarget("mqtt", null, null, Sha256Digest.Of(manifest).ToString(), "1.2.0"),
        Start,
        Start.AddMinutes(1),
        [
            new ModuleResult("evidence", "Evidence",
            [
                new CheckResult("evidence.size", "Size.", [Requirements.All[0]], Finding.Pass(seen, "it")),
                new CheckResult("evidence.claims", "Claims.", [Requirements.All[0]], Finding.Of(!isFailed, "something", "something")),
                new CheckResult("evidence.nonce", "Nonce.", [Requirements.All[0]], Finding.NotApplicable("no challenge", "it")),
            ]),
        ]));

    public static string Text(byte[] manifest) => Encoding.UTF8.GetString(Bytes(manifest));
}
