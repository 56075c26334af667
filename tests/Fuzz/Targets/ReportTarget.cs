using IotAttest.Conformance;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>Conformance reports that come with an application.</summary>
internal sealed class ReportTarget : JsonTarget
{
    public override string Name => "report";

    protected override IEnumerable<string> Documents =>
    [
        """
        {"format":"iotattest-conformance-report/1","tool":{"name":"iotattest","version":"0.1.0"},"target":{"kind":"manifest","manifestDigest":"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
        "modules":[{"id":"evidence","checks":[{"id":"nonce","outcome":"pass"},{"id":"replay","outcome":"fail","seen":"x"},{"id":"epoch","outcome":"not-applicable"}]}],"summary":{"pass":1,"fail":1,"notApplicable":1}}
        """,
    ];

    public override Outcome Decode(byte[] input) => ReportSummary.TryRead(input, out ReportSummary? summary, out string? error)
        ? new Outcome(true, summary.GetHashCode())
        : Outcome.Refused(error);
}
