using IotAttest.Domain.Certificates;
using IotAttest.Domain.ReferenceValues;
using static IotAttest.Domain.Tests.Certificates.Lives;

namespace IotAttest.Domain.Tests.Certificates;

/// <summary>Every limit in time at its edge and one past it.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(CertificateStatus.Certified)]
    [InlineData(CertificateStatus.Suspended)]
    public void The_end_of_validity_counts_and_one_past_it_is_expired(CertificateStatus status)
    {
        CertificateLife life = In(status);

        Assert.Equal(status, life.At(End).Status);
        Assert.Equal((CertificateStatus.Expired, false, End), (life.At(End + Tick).Status, life.At(End + Tick).IsInForce, life.At(End + Tick).Since));
        Assert.Null(life.RefusalOf(Of(DecisionKind.Withdraw), End));
        Assert.Equal(DecisionRefusalCode.WrongStatus, life.RefusalOf(Of(DecisionKind.Withdraw), End + Tick));
    }

    [Theory]
    [InlineData(CertificateStatus.Withdrawn)]
    [InlineData(CertificateStatus.Revoked)]
    [InlineData(CertificateStatus.Superseded)]
    public void What_was_ended_by_a_decision_does_not_expire(CertificateStatus status) => Assert.Equal(status, In(status).At(End.AddYears(1)).Status);

    [Fact]
    public void Before_the_issue_there_is_nothing_and_before_the_start_of_validity_no_force()
    {
        CertificateLife later = new(Rules, Day(3), End, New().History);

        Assert.Equal(CertificateStanding.NotIssued, later.At(Issued - Tick));
        Assert.Equal((CertificateStatus.Certified, false), (later.At(Day(3) - Tick).Status, later.At(Day(3) - Tick).IsInForce));
        Assert.True(later.At(Day(3)).IsInForce);
        Assert.True(later.At(End).IsInForce);
    }

    [Theory]
    [InlineData(0, DecisionRefusalCode.EndNotAllowed)]
    [InlineData(1, null)]
    [InlineData(42 * 86_400_000L, null)]
    [InlineData((42 * 86_400_000L) + 1, DecisionRefusalCode.EndNotAllowed)]
    public void A_suspension_ends_in_the_future_and_at_most_42_days_on(long milliseconds, DecisionRefusalCode? expected) =>
        Assert.Equal(expected, New().RefusalOf(Of(DecisionKind.Suspend, Day(5).AddMilliseconds(milliseconds)), Day(5)));

    [Fact]
    public void A_suspension_without_an_end_gets_the_longest_one() =>
        Assert.Equal(Day(5 + 42), In(CertificateStatus.Suspended).At(Day(6)).Suspension!.Until);

    [Theory]
    [InlineData(47, 0, DecisionRefusalCode.EndNotAllowed)]
    [InlineData(47, 1, null)]
    [InlineData(5 + 365, 0, null)]
    [InlineData(5 + 365, 1, DecisionRefusalCode.EndNotAllowed)]
    public void An_extension_ends_later_than_before_and_at_most_365_days_after_the_start(int day, int milliseconds, DecisionRefusalCode? expected) =>
        Assert.Equal(expected, In(CertificateStatus.Suspended).RefusalOf(Of(DecisionKind.Extend, Day(day).AddMilliseconds(milliseconds)), Day(40)));

    [Fact]
    public void An_extension_needs_an_end_in_the_future_also_when_the_old_one_is_past()
    {
        CertificateLife overdue = In(CertificateStatus.Suspended);

        Assert.Equal(DecisionRefusalCode.EndNotAllowed, overdue.RefusalOf(Of(DecisionKind.Extend), Day(60)));
        Assert.Equal(DecisionRefusalCode.EndNotAllowed, overdue.RefusalOf(Of(DecisionKind.Extend, Day(60)), Day(60)));
        Assert.Null(overdue.RefusalOf(Of(DecisionKind.Extend, Day(60) + Tick), Day(60)));
    }

    [Fact]
    public void Limits_of_later_extensions_count_from_the_start_of_the_suspension()
    {
        CertificateLife extended = In(CertificateStatus.Suspended).Taking(Of(DecisionKind.Extend, Day(300)), Day(40));

        Assert.Equal((Day(5), Day(300)), (extended.At(Day(41)).Since, extended.At(Day(41)).Suspension!.Until));
        Assert.Null(extended.RefusalOf(Of(DecisionKind.Extend, Day(5 + 365)), Day(50)));
        Assert.Equal(DecisionRefusalCode.EndNotAllowed, extended.RefusalOf(Of(DecisionKind.Extend, Day(5 + 365) + Tick), Day(50)));
    }

    [Fact]
    public void The_end_of_a_suspension_puts_nothing_back_in_force()
    {
        CertificateStanding after = In(CertificateStatus.Suspended).At(Day(48));

        Assert.Equal((CertificateStatus.Suspended, false), (after.Status, after.IsInForce));
    }

    [Fact]
    public void Validity_keeps_running_while_suspended()
    {
        CertificateLife resumed = In(CertificateStatus.Suspended).Taking(Of(DecisionKind.Resume), Day(20));

        Assert.Equal(End, resumed.ValidUntil);
        Assert.Equal(CertificateStatus.Expired, resumed.At(End + Tick).Status);
    }

    [Fact]
    public void A_superseded_certificate_counts_for_the_grace_and_can_be_revoked_while_it_does()
    {
        CertificateLife life = In(CertificateStatus.Superseded);

        Assert.Equal(Day(35), life.CountsUntil);
        Assert.True(life.At(Day(35)).IsInForce);
        Assert.False(life.At(Day(35) + Tick).IsInForce);
        Assert.Equal("NEXT", life.At(Day(35)).SupersededBy);
        Assert.Null(life.RefusalOf(Of(DecisionKind.Revoke), Day(35)));
        Assert.Equal(DecisionRefusalCode.WrongStatus, life.RefusalOf(Of(DecisionKind.Revoke), Day(35) + Tick));
    }

    [Fact]
    public void The_grace_never_goes_past_the_end_of_validity()
    {
        CertificateLife life = New().Taking(Of(DecisionKind.Supersede), End.AddDays(-3));

        Assert.Equal(End, life.CountsUntil);
        Assert.True(life.At(End).IsInForce);
        Assert.False(life.At(End + Tick).IsInForce);
    }
}
