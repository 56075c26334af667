using System.Globalization;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Fleet;

/// <summary>What a board said of itself beside what enrolment and policy expect (RFC 9711 section 4). Values that are words have a text of their own.</summary>
internal static class ClaimLines
{
    private const string Kind = "claim";

    public static IReadOnlyList<SheetLine> Of(DeviceEntry device, Verdict verdict, ReferenceExtract extract, ReportedIdentity? reported)
    {
        DeviceState state = device.State;
        bool heard = state.Facts.AsOf is not null;
        DeviceIdentity identity = device.Identity;
        return
        [
            SheetLine.Compare(Kind, "ueid", identity.Ueid, heard ? identity.Ueid : null) with { State = heard ? SheetLine.Same : SheetLine.Unsaid },
            Identity("class", identity.ClassId.ToString(), heard ? (reported?.ClassId ?? identity.ClassId).ToString() : null),
            Identity("oemid", identity.OemId.ToString(), heard ? (reported?.OemId ?? identity.OemId).ToString() : null),
            Boot(state, heard),
            new SheetLine(Kind, "uptime", null, state.Baseline is { } counters ? TimeSpan.FromSeconds(Math.Min(counters.UptimeSeconds, int.MaxValue)).ToString("c", CultureInfo.InvariantCulture) : null, heard ? SheetLine.Noted : SheetLine.Unsaid),
            new SheetLine(Kind, "secureboot", "on", state.Facts.BootFacts.SecureBoot switch { true => "on", false => "off", null => null }, StateOf(state.Facts.BootFacts.SecureBoot)),
            new SheetLine(Kind, "debug", "closed", state.Facts.BootFacts.DebugStatus is { } debug ? $"debug.{debug}" : null, StateOf(state.Facts.BootFacts.DebugStatus is { } status ? status > 0 : null)),
            Strength(device, extract),
            Security(state, verdict, extract),
            new SheetLine(Kind, "freshness", UtcText.Of(verdict.ExpiresAt), UtcText.Of(verdict.AsOf), verdict.Drift.HasFlag(Drift.StaleEvidence) ? SheetLine.Different : heard ? SheetLine.Same : SheetLine.Unsaid),
        ];
    }

    private static string StateOf(bool? isRight) => isRight switch
    {
        true => SheetLine.Same,
        false => SheetLine.Different,
        null => SheetLine.Unsaid,
    };

    private static SheetLine Identity(string name, string expected, string? reported) =>
        new(Kind, name, expected, reported, reported is null ? SheetLine.Unsaid : StateOf(reported == expected));

    private static SheetLine Boot(DeviceState state, bool heard) => new(
        Kind,
        "bootcount",
        "rising",
        state.Baseline is { } counters ? counters.BootCount.ToString(CultureInfo.InvariantCulture) : null,
        state.Facts.HasIdentityConflict ? SheetLine.Different : heard ? SheetLine.Same : SheetLine.Unsaid);

    private static SheetLine Strength(DeviceEntry device, ReferenceExtract extract)
    {
        EvidenceStrength? least = extract.Compared?.Certificates.Where(certificate => certificate.Status == CertificateStatus.Certified).Select(certificate => (EvidenceStrength?)certificate.MinimumStrength).Min();
        return new SheetLine(Kind, "strength", least?.Word(), device.Identity.Strength.Word(), least is null ? SheetLine.Noted : StateOf(device.Identity.Strength >= least));
    }

    private static SheetLine Security(DeviceState state, Verdict verdict, ReferenceExtract extract)
    {
        ulong least = Math.Max(state.Facts.HighestSecurityVersion, extract.MinimumSecurityVersion);
        string? reported = extract.Match.Build?.SecurityVersion.ToString(CultureInfo.InvariantCulture);
        return new SheetLine(Kind, "securityversion", least.ToString(CultureInfo.InvariantCulture), reported, reported is null ? SheetLine.Unsaid : StateOf(!verdict.Drift.HasFlag(Drift.Rollback)));
    }
}
