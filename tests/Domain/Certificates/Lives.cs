using IotAttest.Domain.Certificates;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Tests.Certificates;

/// <summary>Certificates in every state, one year valid from <see cref="Issued"/>.</summary>
internal static class Lives
{
    public static readonly DateTimeOffset Issued = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = Issued.AddDays(365);
    public static readonly CertificateRules Rules = CertificateRules.Default with { SupersededGrace = TimeSpan.FromDays(30) };
    public static readonly CertificateRules ThirdParty = Rules with { IsThirdParty = true };

    public static CertificateLife New(CertificateRules? rules = null) =>
        new(rules ?? Rules, Issued, End, [new CertificateEvent(Issued, DecisionKind.Issue, CertificateStatus.Certified, "demo-cb", "issued")]);

    /// <summary>A provisional one.</summary>
    public static CertificateLife NewProvisional(CertificateRules? rules = null) =>
        new(rules ?? Rules, Issued, End, [new CertificateEvent(Issued, DecisionKind.IssueProvisional, CertificateStatus.Provisional, "demo-cb", "issued")]);

    /// <summary>A certificate that stands so on day 10.</summary>
    public static CertificateLife In(CertificateStatus status) => status switch
    {
        CertificateStatus.Suspended => New().Taking(Of(DecisionKind.Suspend), Day(5)),
        CertificateStatus.Withdrawn => New().Taking(Of(DecisionKind.Withdraw), Day(5)),
        CertificateStatus.Revoked => New().Taking(Of(DecisionKind.Revoke), Day(5)),
        CertificateStatus.Superseded => New().Taking(Of(DecisionKind.Supersede), Day(5)),
        CertificateStatus.Expired => new CertificateLife(Rules, Issued, Day(9), New().History),
        CertificateStatus.Provisional => NewProvisional(),
        _ => New(),
    };

    public static DateTimeOffset Day(double days) => Issued.AddDays(days);

    public static ProposedDecision Of(DecisionKind kind, DateTimeOffset? until = null) => new(kind, "because")
    {
        Until = until,
        SupersededBy = kind == DecisionKind.Supersede ? "NEXT" : null,
    };

    /// <summary>Takes a decision, confirmed by a second person, which must be allowed.</summary>
    public static CertificateLife Taking(this CertificateLife life, ProposedDecision decision, DateTimeOffset at)
    {
        Assert.True(life.TryDecide(decision, "demo-cb", isConfirmed: true, at, out CertificateLife? next, out DecisionRefusal? refusal), refusal?.Seen);
        return next;
    }

    /// <summary>The rule that a decision breaks, or null.</summary>
    public static DecisionRefusalCode? RefusalOf(this CertificateLife life, ProposedDecision decision, DateTimeOffset at, bool isConfirmed = true) =>
        life.TryDecide(decision, "demo-cb", isConfirmed, at, out _, out DecisionRefusal? refusal) ? null : refusal.Code;
}
