using IotAttest.Domain.Certificates;
using static IotAttest.Domain.Tests.Certificates.Lives;

namespace IotAttest.Domain.Tests.Certificates;

public sealed class SecondPersonTests
{
    [Theory]
    [InlineData(DecisionKind.Issue, false)]
    [InlineData(DecisionKind.Suspend, false)]
    [InlineData(DecisionKind.Extend, false)]
    [InlineData(DecisionKind.Resume, false)]
    [InlineData(DecisionKind.Withdraw, false)]
    [InlineData(DecisionKind.Supersede, false)]
    [InlineData(DecisionKind.Revoke, true)]
    public void Revoking_always_takes_two_and_everything_does_at_a_third_party_level(DecisionKind kind, bool isNeededAnyway)
    {
        Assert.Equal(isNeededAnyway, SecondPerson.IsNeeded(kind, Rules));
        Assert.True(SecondPerson.IsNeeded(kind, ThirdParty));
    }

    [Fact]
    public void One_person_alone_cannot_revoke_nor_suspend_a_tested_product()
    {
        ProposedDecision suspend = Of(DecisionKind.Suspend, Day(9)) with { RequestedActions = ["mend it"] };

        Assert.Equal(DecisionRefusalCode.NeedsSecondPerson, New().RefusalOf(Of(DecisionKind.Revoke), Day(1), isConfirmed: false));
        Assert.Equal(DecisionRefusalCode.NeedsSecondPerson, New(ThirdParty).RefusalOf(suspend, Day(1), isConfirmed: false));
        Assert.Null(New(ThirdParty).RefusalOf(suspend, Day(1)));
        Assert.Null(New().RefusalOf(suspend, Day(1), isConfirmed: false));
    }

    [Theory]
    [InlineData("ann", "bob", 0, null)]
    [InlineData("", "bob", 0, null)]
    [InlineData("ann", "ann", 0, DecisionRefusalCode.SamePerson)]
    [InlineData("", "", 0, DecisionRefusalCode.SamePerson)]
    [InlineData("ann", "bob", 7 * 86_400_000L, null)]
    [InlineData("ann", "bob", (7 * 86_400_000L) + 1, DecisionRefusalCode.ProposalLapsed)]
    public void Another_person_confirms_and_within_seven_days(string proposedBy, string confirmedBy, long milliseconds, DecisionRefusalCode? expected) =>
        Assert.Equal(expected, SecondPerson.Check(proposedBy, Day(1), confirmedBy, Day(1).AddMilliseconds(milliseconds))?.Code);

    [Fact]
    public void A_suspension_of_a_tested_product_names_actions_and_an_end()
    {
        ProposedDecision good = Of(DecisionKind.Suspend, Day(9)) with { RequestedActions = ["mend it"] };

        Assert.Null(New(ThirdParty).RefusalOf(good, Day(1)));
        Assert.Equal(DecisionRefusalCode.NoActions, New(ThirdParty).RefusalOf(good with { RequestedActions = [] }, Day(1)));
        Assert.Equal(DecisionRefusalCode.EndNotAllowed, New(ThirdParty).RefusalOf(good with { Until = null }, Day(1)));
        Assert.Null(New().RefusalOf(good with { RequestedActions = [], Until = null }, Day(1)));
    }

    [Fact]
    public void Resuming_needs_the_word_that_the_requested_actions_were_done()
    {
        CertificateLife suspended = New()
            .Taking(Of(DecisionKind.Suspend) with { RequestedActions = ["mend it"] }, Day(1))
            .Taking(Of(DecisionKind.Extend, Day(90)) with { RequestedActions = ["test it"] }, Day(2));

        Assert.Equal(["mend it", "test it"], suspended.At(Day(3)).Suspension!.RequestedActions.AsEnumerable());
        Assert.Equal(DecisionRefusalCode.ActionsNotVerified, suspended.RefusalOf(Of(DecisionKind.Resume), Day(3)));
        Assert.Null(suspended.RefusalOf(Of(DecisionKind.Resume) with { AreActionsVerified = true }, Day(3)));
        Assert.Null(New().Taking(Of(DecisionKind.Suspend), Day(1)).RefusalOf(Of(DecisionKind.Resume), Day(3)));
    }
}
