using IotAttest.Domain.Certificates;
using IotAttest.Domain.ReferenceValues;
using static IotAttest.Domain.Tests.Certificates.Lives;

namespace IotAttest.Domain.Tests.Certificates;

public sealed class ProvisionalTests
{
    [Fact]
    public void A_provisional_certificate_is_never_in_force_and_ends_by_the_clock()
    {
        CertificateLife life = NewProvisional();

        Assert.True(life.IsProvisional);
        Assert.Equal((CertificateStatus.Provisional, false), (life.At(Day(1)).Status, life.At(Day(1)).IsInForce));
        Assert.Equal(CertificateStatus.Provisional, life.At(End).Status);
        Assert.Equal((CertificateStatus.Expired, false), (life.At(End.AddTicks(1)).Status, life.At(End.AddTicks(1)).IsInForce));
    }

    [Fact]
    public void Once_superseded_it_gets_no_grace_because_it_never_counted()
    {
        CertificateLife life = NewProvisional().Taking(Of(DecisionKind.Supersede), Day(5));

        Assert.Equal((CertificateStatus.Superseded, false), (life.At(Day(5)).Status, life.At(Day(5)).IsInForce));
        Assert.True(life.CountsUntil < Day(5));
        Assert.Equal(DecisionRefusalCode.WrongStatus, life.RefusalOf(Of(DecisionKind.Revoke), Day(6)));
    }

    [Fact]
    public void A_revocation_of_it_takes_two_persons_as_well() =>
        Assert.Equal(DecisionRefusalCode.NeedsSecondPerson, NewProvisional().RefusalOf(Of(DecisionKind.Revoke), Day(1), isConfirmed: false));

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, DecisionRefusalCode.NeedsSecondPerson)]
    public void A_stay_takes_two_persons_where_every_decision_does(bool isThirdParty, DecisionRefusalCode? expected)
    {
        CertificateLife suspended = New(isThirdParty ? ThirdParty : Rules).Taking(new ProposedDecision(DecisionKind.Suspend, "x") { Until = Day(20), RequestedActions = ["mend it"] }, Day(1));

        Assert.Equal(expected, suspended.RefusalOf(Of(DecisionKind.Stay), Day(2), isConfirmed: false));
        Assert.True(suspended.Taking(Of(DecisionKind.Stay), Day(2)).At(Day(2)).IsInForce);
    }
}
