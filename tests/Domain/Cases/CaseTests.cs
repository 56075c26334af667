using IotAttest.Domain.Cases;
using IotAttest.Domain.Certificates;

namespace IotAttest.Domain.Tests.Cases;

public sealed class CaseTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static IEnumerable<object[]> Types => Enum.GetValues<CaseType>().Select(type => new object[] { type });

    public static IEnumerable<object[]> Every =>
        from type in Enum.GetValues<CaseType>() from step in Enum.GetValues<CaseStep>() from isDecided in new[] { false, true } select new object[] { type, step, isDecided };

    [Theory]
    [MemberData(nameof(Every))]
    public void Everything_but_opening_can_be_done_in_an_open_case_and_nothing_in_a_decided_one(CaseType type, CaseStep step, bool isDecided)
    {
        CaseLife life = Taking(New(type), Assign("carol"));
        life = isDecided ? Taking(life, Decide(type, "carol")) : life;

        bool isTaken = life.TryTake(step == CaseStep.Decide ? Decide(type, "carol") : Event(step, "carol") with { Assigned = "carol", RationalePublic = "x" }, Now, out CaseLife? next, out DecisionRefusal? refusal);

        Assert.Equal(step != CaseStep.Open && !isDecided, isTaken);
        Assert.Equal(isTaken ? null : DecisionRefusalCode.WrongStatus, refusal?.Code);
        Assert.Equal(isTaken ? step != CaseStep.Decide : null, next?.IsOpen);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Each_type_ends_in_its_own_words_alone(CaseType type)
    {
        string[] own = [.. CaseOutcomes.Of(type)];
        CaseLife life = Taking(New(type), Assign("carol"));

        Assert.All(own, outcome => Assert.Equal(outcome, Taking(life, Decide(type, "carol") with { Outcome = outcome }).Decision!.Outcome));
        Assert.All(
            [null, "", "fine", .. Enum.GetValues<CaseType>().SelectMany(other => CaseOutcomes.Of(other)).Except(own)],
            outcome => Assert.Equal(DecisionRefusalCode.UnknownOutcome, RefusalOf(life, Decide(type, "carol") with { Outcome = outcome })));
    }

    [Fact]
    public void Whoever_took_part_in_the_contested_decision_neither_is_assigned_nor_decides()
    {
        CaseLife appeal = New(CaseType.Appeal, "ann", "bob");

        Assert.All(["ann", "bob"], person => Assert.Equal(DecisionRefusalCode.OriginalDecider, RefusalOf(appeal, Assign(person))));
        CaseLife assigned = Taking(appeal, Assign("carol"));
        Assert.All(["ann", "bob"], person => Assert.Equal(DecisionRefusalCode.OriginalDecider, RefusalOf(assigned, Decide(CaseType.Appeal, person))));
        Assert.Equal(DecisionRefusalCode.NotAssigned, RefusalOf(assigned, Decide(CaseType.Appeal, "dave")));
        Assert.Null(RefusalOf(assigned, Decide(CaseType.Appeal, "carol")));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void An_appeal_is_decided_by_who_was_assigned_and_other_cases_by_anybody_until_somebody_is(CaseType type)
    {
        Assert.Equal(type == CaseType.Appeal ? DecisionRefusalCode.NotAssigned : null, RefusalOf(New(type), Decide(type, "carol")));
        Assert.Equal(DecisionRefusalCode.NotAssigned, RefusalOf(Taking(New(type), Assign("dave")), Decide(type, "carol")));
        Assert.Null(RefusalOf(Taking(Taking(New(type), Assign("dave")), Assign("carol")), Decide(type, "carol")));
    }

    [Theory]
    [InlineData("", DecisionRefusalCode.NoReason)]
    [InlineData(" ", DecisionRefusalCode.NoReason)]
    [InlineData("x", null)]
    public void Notes_and_decisions_have_a_public_rationale(string rationale, DecisionRefusalCode? expected)
    {
        Assert.Equal(expected, RefusalOf(New(CaseType.Complaint), Decide(CaseType.Complaint, "carol") with { RationalePublic = rationale }));
        Assert.Equal(expected, RefusalOf(New(CaseType.Complaint), Event(CaseStep.Note, "carol") with { RationalePublic = rationale }));
    }

    [Theory]
    [InlineData(CaseType.NonConformity, "remedy 30")]
    [InlineData(CaseType.Appeal, "acknowledgement 7, decision 60")]
    [InlineData(CaseType.Complaint, "acknowledgement 7, decision 60")]
    [InlineData(CaseType.Renewal, "expiry 100")]
    public void Each_type_has_its_clocks_in_days(CaseType type, string expected) =>
        Assert.Equal(expected, string.Join(", ", New(type).Clocks.Select(clock => $"{clock.Name} {(clock.DueAt - Now).TotalDays:0}")));

    [Fact]
    public void A_renewal_knows_when_its_certificate_ends() => Assert.Throws<ArgumentNullException>(() => CaseClocks.AtOpening(CaseType.Renewal, Now));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_clock_is_overdue_one_moment_after_its_time_and_stays_so_when_it_is_met_late(int ticks, bool expected)
    {
        CaseLife life = New(CaseType.NonConformity);
        DateTimeOffset at = Now.AddDays(30).AddTicks(ticks);

        Assert.Equal(expected, life.IsOverdue(at));
        Assert.True(life.TryTake(Decide(CaseType.NonConformity, "carol"), at, out CaseLife? decided, out _));
        Assert.Equal((at, expected), (decided.Clocks[0].MetAt, decided.IsOverdue(at.AddYears(1))));
    }

    [Fact]
    public void An_assignment_acknowledges_an_appeal_once_and_its_decision_meets_the_other_clock()
    {
        CaseLife assigned = Taking(New(CaseType.Appeal), Assign("carol"), Now.AddDays(1));
        CaseLife again = Taking(assigned, Assign("dave"), Now.AddDays(9));
        CaseLife decided = Taking(again, Decide(CaseType.Appeal, "dave"), Now.AddDays(10));

        Assert.Equal([Now.AddDays(1), Now.AddDays(10)], decided.Clocks.Select(clock => clock.MetAt!.Value));
        Assert.Equal([null, "acknowledgement", null, "decision"], decided.History.Select(taken => taken.Clock));
        Assert.False(decided.IsOverdue(Now.AddYears(1)));
    }

    [Fact]
    public void A_note_meets_a_clock_that_runs_and_no_other()
    {
        CaseLife noted = Taking(New(CaseType.NonConformity), Event(CaseStep.Note, "") with { RationalePublic = "mended", Clock = "remedy" }, Now.AddDays(20));

        Assert.Equal(Now.AddDays(20), noted.Clocks.Single().MetAt);
        Assert.Equal(DecisionRefusalCode.UnknownClock, RefusalOf(noted, Event(CaseStep.Note, "") with { RationalePublic = "x", Clock = "remedy" }));
        Assert.Equal(DecisionRefusalCode.UnknownClock, RefusalOf(noted, Event(CaseStep.Note, "") with { RationalePublic = "x", Clock = "decision" }));
    }

    [Fact]
    public void A_clock_set_back_does_not_put_a_step_in_front_of_an_earlier_one() =>
        Assert.Equal(Now, Taking(New(CaseType.Complaint), Assign("carol"), Now.AddDays(-1)).History[^1].At);

    [Fact]
    public void A_history_begins_with_the_opening() =>
        Assert.Throws<ArgumentException>(() => new CaseLife(CaseType.Appeal, [], [Event(CaseStep.Note, "x")], []));

    private static CaseLife New(CaseType type, params string[] excluded) =>
        new(type, CaseClocks.AtOpening(type, Now, Now.AddDays(100)), [new CaseEvent(Now, CaseStep.Open, "acme", "")], [.. excluded]);

    private static CaseEvent Event(CaseStep step, string person) => new(Now, step, "demo-cb", person);

    private static CaseEvent Assign(string person) => Event(CaseStep.Assign, "zoe") with { Assigned = person };

    private static CaseEvent Decide(CaseType type, string person) => Event(CaseStep.Decide, person) with { RationalePublic = "because", Outcome = CaseOutcomes.Of(type)[0] };

    private static CaseLife Taking(CaseLife life, CaseEvent step, DateTimeOffset? at = null)
    {
        Assert.True(life.TryTake(step, at ?? Now, out CaseLife? next, out DecisionRefusal? refusal), refusal?.Seen);
        return next;
    }

    private static DecisionRefusalCode? RefusalOf(CaseLife life, CaseEvent step) => life.TryTake(step, Now, out _, out DecisionRefusal? refusal) ? null : refusal.Code;
}
