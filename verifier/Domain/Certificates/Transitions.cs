using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Certificates;

/// <summary>The whole table of transitions (certification states Provisional, Certified and after).</summary>
public static class Transitions
{
    private static readonly (DecisionKind Kind, CertificateStatus[] From, CertificateStatus To)[] Table =
    [
        (DecisionKind.Issue, [], CertificateStatus.Certified),
        (DecisionKind.Suspend, [CertificateStatus.Certified], CertificateStatus.Suspended),
        (DecisionKind.Extend, [CertificateStatus.Suspended], CertificateStatus.Suspended),
        (DecisionKind.Resume, [CertificateStatus.Suspended], CertificateStatus.Certified),
        (DecisionKind.Withdraw, [CertificateStatus.Certified, CertificateStatus.Suspended, CertificateStatus.Provisional], CertificateStatus.Withdrawn),
        (DecisionKind.Revoke, [CertificateStatus.Certified, CertificateStatus.Suspended, CertificateStatus.Provisional], CertificateStatus.Revoked),
        (DecisionKind.Supersede, [CertificateStatus.Certified, CertificateStatus.Provisional], CertificateStatus.Superseded),
        (DecisionKind.IssueProvisional, [], CertificateStatus.Provisional),
        (DecisionKind.Stay, [CertificateStatus.Suspended], CertificateStatus.Certified),
    ];

    /// <summary>The status that a decision leads to.</summary>
    public static CertificateStatus After(DecisionKind kind) => Row(kind).To;

    /// <summary>True when a certificate that stands so can take the decision. A superseded one is live, and can be revoked, for as long as it still counts.</summary>
    public static bool IsAllowed(DecisionKind kind, CertificateStanding standing) => standing.Status switch
    {
        null => kind.IsIssue(),
        CertificateStatus.Superseded => kind == DecisionKind.Revoke && standing.IsInForce,
        { } status => Row(kind).From.Contains(status),
    };

    /// <summary>The decisions that a body can take about a certificate that stands so; empty when its status is final.</summary>
    public static IEnumerable<DecisionKind> Possible(CertificateStanding standing) =>
        Table.Select(row => row.Kind).Where(kind => IsAllowed(kind, standing));

    private static (DecisionKind Kind, CertificateStatus[] From, CertificateStatus To) Row(DecisionKind kind) => Table.First(row => row.Kind == kind);
}
