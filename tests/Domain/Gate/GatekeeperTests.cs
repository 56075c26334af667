using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Gate;

namespace IotAttest.Domain.Tests.Gate;

public sealed class GatekeeperTests
{
    [Theory]
    [InlineData(Conformity.Conformant, GateDecision.Allow)]
    [InlineData(Conformity.PendingCoverage, GateDecision.Review)]
    [InlineData(Conformity.Vulnerable, GateDecision.Review)]
    [InlineData(Conformity.SupportEnded, GateDecision.Review)]
    [InlineData(Conformity.Drifted, GateDecision.Deny)]
    [InlineData(Conformity.CertificateNotInForce, GateDecision.Deny)]
    [InlineData(Conformity.Stale, GateDecision.Deny)]
    [InlineData(Conformity.Compromised, GateDecision.Deny)]
    [InlineData(Conformity.Unknown, GateDecision.Deny)]
    [InlineData(Conformity.Decommissioned, GateDecision.Deny)]
    public void Each_conformity_has_its_decision(Conformity conformity, GateDecision expected)
    {
        Assert.Equal(expected, Gatekeeper.Decide(Verdict(conformity), GateMode.Enforce).Decision);
    }

    [Fact]
    public void Observe_never_denies_and_says_what_enforce_would_say()
    {
        foreach (Conformity conformity in Enum.GetValues<Conformity>())
        {
            GateAnswer answer = Gatekeeper.Decide(Verdict(conformity), GateMode.Observe);

            Assert.Equal(GateDecision.Allow, answer.Decision);
            Assert.Equal(Gatekeeper.Decide(Verdict(conformity), GateMode.Enforce).Decision, answer.Enforced);
        }
    }

    [Fact]
    public void Warn_asks_for_a_review_where_enforce_denies_and_agrees_otherwise()
    {
        foreach (Conformity conformity in Enum.GetValues<Conformity>())
        {
            GateDecision enforced = Gatekeeper.Decide(Verdict(conformity), GateMode.Enforce).Decision;
            GateDecision expected = enforced == GateDecision.Deny ? GateDecision.Review : enforced;

            Assert.Equal(expected, Gatekeeper.Decide(Verdict(conformity), GateMode.Warn).Decision);
        }
    }

    [Fact]
    public void Every_cause_is_among_the_reasons_the_conformity_first()
    {
        GateAnswer answer = Gatekeeper.Decide(Verdict(Conformity.Compromised, Drift.IdentityConflict | Drift.DebugEnabled), GateMode.Enforce);

        Assert.Equal(["Compromised", "DebugEnabled", "IdentityConflict"], answer.Reasons.ToArray());
    }

    [Theory]
    [InlineData(GateMode.Enforce, GateDecision.Deny)]
    [InlineData(GateMode.Warn, GateDecision.Review)]
    [InlineData(GateMode.Observe, GateDecision.Allow)]
    public void A_board_without_a_verdict_is_not_let_in_where_the_gate_enforces(GateMode mode, GateDecision expected)
    {
        GateAnswer answer = Gatekeeper.DecideWithoutVerdict(mode);

        Assert.Equal((expected, GateDecision.Deny), (answer.Decision, answer.Enforced));
        Assert.Equal([Gatekeeper.NotVisible], answer.Reasons.ToArray());
    }

    private static Verdict Verdict(Conformity conformity, Drift drift = Drift.None) =>
        new(conformity, drift, null, [], null, null, EvidenceStrength.Native, default!, null, null, "p", new Guidance(StepCode.NothingToDo, [], ""));
}
