using IotAttest.Domain.Certificates;
using IotAttest.Domain.ReferenceValues;
using static IotAttest.Domain.Tests.Certificates.Lives;

namespace IotAttest.Domain.Tests.Certificates;

public sealed class TransitionTests
{
    private static readonly HashSet<(CertificateStatus, DecisionKind, CertificateStatus)> Allowed =
    [
        (CertificateStatus.Certified, DecisionKind.Suspend, CertificateStatus.Suspended),
        (CertificateStatus.Certified, DecisionKind.Withdraw, CertificateStatus.Withdrawn),
        (CertificateStatus.Certified, DecisionKind.Revoke, CertificateStatus.Revoked),
        (CertificateStatus.Certified, DecisionKind.Supersede, CertificateStatus.Superseded),
        (CertificateStatus.Suspended, DecisionKind.Extend, CertificateStatus.Suspended),
        (CertificateStatus.Suspended, DecisionKind.Resume, CertificateStatus.Certified),
        (CertificateStatus.Suspended, DecisionKind.Withdraw, CertificateStatus.Withdrawn),
        (CertificateStatus.Suspended, DecisionKind.Revoke, CertificateStatus.Revoked),
        (CertificateStatus.Suspended, DecisionKind.Stay, CertificateStatus.Certified),
        (CertificateStatus.Provisional, DecisionKind.Withdraw, CertificateStatus.Withdrawn),
        (CertificateStatus.Provisional, DecisionKind.Revoke, CertificateStatus.Revoked),
        (CertificateStatus.Provisional, DecisionKind.Supersede, CertificateStatus.Superseded),
        (CertificateStatus.Superseded, DecisionKind.Revoke, CertificateStatus.Revoked),
    ];

    public static IEnumerable<object[]> Every =>
        from status in Enum.GetValues<CertificateStatus>() from kind in Enum.GetValues<DecisionKind>() select new object[] { status, kind };

    [Theory]
    [MemberData(nameof(Every))]
    public void Every_pair_of_status_and_decision_leads_where_the_table_says_or_is_refused(CertificateStatus status, DecisionKind kind)
    {
        CertificateLife life = In(status);
        Assert.Equal(status, life.At(Day(10)).Status);

        bool isTaken = life.TryDecide(Of(kind, kind == DecisionKind.Extend ? Day(60) : null), "demo-cb", isConfirmed: true, Day(10), out CertificateLife? next, out DecisionRefusal? refusal);

        (CertificateStatus, DecisionKind, CertificateStatus)[] expected = [.. Allowed.Where(row => row.Item1 == status && row.Item2 == kind)];
        Assert.Equal(expected.Length == 1, isTaken);
        Assert.Equal(isTaken ? null : DecisionRefusalCode.WrongStatus, refusal?.Code);
        Assert.Equal(isTaken ? expected[0].Item3 : null, next?.At(Day(10)).Status);
    }

    [Theory]
    [InlineData(CertificateStatus.Withdrawn)]
    [InlineData(CertificateStatus.Revoked)]
    [InlineData(CertificateStatus.Expired)]
    public void A_final_status_says_that_it_is_final(CertificateStatus status)
    {
        Assert.False(In(status).TryDecide(Of(DecisionKind.Resume), "demo-cb", true, Day(10), out _, out DecisionRefusal? refusal));

        Assert.Equal("nothing: this status is final", refusal.Expected);
    }

    [Theory]
    [InlineData("", DecisionRefusalCode.NoReason)]
    [InlineData(" ", DecisionRefusalCode.NoReason)]
    [InlineData("x", null)]
    public void A_decision_needs_a_reason(string reason, DecisionRefusalCode? expected) =>
        Assert.Equal(expected, New().RefusalOf(new ProposedDecision(DecisionKind.Withdraw, reason), Day(1)));

    [Fact]
    public void A_clock_set_back_does_not_put_a_decision_in_front_of_an_earlier_one()
    {
        CertificateLife life = New().Taking(Of(DecisionKind.Suspend), Day(5)).Taking(Of(DecisionKind.Resume), Day(4));

        Assert.Equal([Day(0), Day(5), Day(5)], life.History.Select(decision => decision.At));
        Assert.Equal(CertificateStatus.Certified, life.At(Day(5)).Status);
    }

    [Fact]
    public void A_history_begins_with_the_issue() =>
        Assert.Throws<ArgumentException>(() => new CertificateLife(Rules, Issued, End, [new CertificateEvent(Issued, DecisionKind.Suspend, CertificateStatus.Suspended, "x", "x")]));
}
