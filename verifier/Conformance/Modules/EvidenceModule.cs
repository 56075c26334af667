using static IotAttest.Conformance.Requirements;

namespace IotAttest.Conformance;

/// <summary>Evidence has the one form of the profile, answers its own challenge and nothing else, and tells one boot from the next.</summary>
internal static class EvidenceModule
{
    public static ConformanceModule Create() => new("evidence", "Evidence format and freshness",
    [
        new("evidence.answers", "Every challenge is answered with evidence of its own.", [ChangeDetected, StateAwareness], Needs.Board, BoardChecks.AnswersAsync),
        ConformanceCheck.OfEvidence("evidence.size", "Evidence has at most 2048 bytes.", [ChangeDetected], Needs.None, FormatChecks.Size),
        ConformanceCheck.OfEvidence("evidence.deterministic", "Evidence is in core deterministic CBOR.", [ChangeDetected], Needs.None, FormatChecks.Deterministic),
        ConformanceCheck.OfEvidence("evidence.header", "The protected header holds algorithm, key id and type, and nothing else does.", [ChangeDetected, Cryptography], Needs.None, FormatChecks.Header),
        ConformanceCheck.OfEvidence("evidence.claims", "Every required claim is there in its form, under the profile's id.", [ChangeDetected, StateAwareness], Needs.None, FormatChecks.Claims),
        ConformanceCheck.OfEvidence("evidence.identity", "UEID, class and maker are those of enrolment.", [Designation, IdentityResists, Asset], Needs.Device, FormatChecks.Identity),
        ConformanceCheck.OfEvidence("evidence.components", "The measured components are those that the manifest lists.", [Asset, CraIntegrity], Needs.Manifest, FormatChecks.Components),
        ConformanceCheck.OfEvidence("evidence.build", "Every digest is that of the build under test.", [ChangeDetected, CraIntegrity], Needs.Manifest, FormatChecks.Build),
        ConformanceCheck.OfEvidence("evidence.nonce", "Evidence carries the challenge that it answers.", [ChangeDetected, CraMonitoring], Needs.None, FormatChecks.Nonce),
        ConformanceCheck.OfEvidence("evidence.nonce-unique", "No two pieces of evidence carry one nonce.", [ChangeDetected, CraMonitoring], Needs.None, FormatChecks.NonceUnique),
        new("evidence.other-board", "A challenge for another board is not answered.", [ChangeDetected], Needs.Board, BoardChecks.OtherBoardAsync),
        new("evidence.garbage", "Challenges of a wrong length are ignored, and the board goes on working.", [Recovery], Needs.Board, BoardChecks.GarbageAsync),
        new("evidence.uptime", "The time since the start grows.", [Recovery, Telemetry], Needs.Board, BoardChecks.UptimeAsync),
        new("evidence.boot-seed", "Every start has a random seed of its own, which stays until the next.", [IdentityResists], Needs.Board, BoardChecks.BootSeedAsync),
        new("evidence.boot-count", "The count of starts grows with every start and survives a loss of power.", [IdentityResists, Recovery], Needs.Board, BoardChecks.BootCountAsync),
    ]);
}
