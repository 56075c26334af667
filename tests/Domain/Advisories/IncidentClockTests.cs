using IotAttest.Domain.Advisories.Incidents;

namespace IotAttest.Domain.Tests.Advisories;

/// <summary>Regulation (EU) 2024/2847 Article 14: three clocks, two anchors for the last one.</summary>
public sealed class IncidentClockTests
{
    private static readonly DateTimeOffset T = new(2027, 1, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(IncidentKind.ExploitedVulnerability)]
    [InlineData(IncidentKind.SevereIncident)]
    public void Early_warning_and_notification_count_from_awareness_and_are_overdue_one_second_past(IncidentKind kind)
    {
        Assert.Equal([(T.AddHours(24), false), (T.AddHours(72), false), (null, false)], Of(kind, T.AddHours(24)));
        Assert.Equal([true, false, false], Of(kind, T.AddHours(24) + Second).Select(clock => clock.IsOverdue));
        Assert.Equal([true, false, false], Of(kind, T.AddHours(72)).Select(clock => clock.IsOverdue));
        Assert.Equal([true, true, false], Of(kind, T.AddHours(72) + Second).Select(clock => clock.IsOverdue));
    }

    [Fact]
    public void The_final_clock_of_an_exploited_vulnerability_starts_when_a_fix_is_available()
    {
        IncidentRecord[] records = [At(IncidentStep.Notification, 70), At(IncidentStep.FixAvailable, 100)];
        DateTimeOffset due = T.AddHours(100).AddDays(14);

        Assert.Equal((null, false), Of(IncidentKind.ExploitedVulnerability, T.AddYears(1), At(IncidentStep.Notification, 70))[2]);
        Assert.Equal((due, false), Of(IncidentKind.ExploitedVulnerability, due, records)[2]);
        Assert.Equal((due, true), Of(IncidentKind.ExploitedVulnerability, due + Second, records)[2]);
    }

    [Fact]
    public void A_fix_that_was_there_before_starts_it_at_awareness() =>
        Assert.Equal(T.AddDays(14), Of(IncidentKind.ExploitedVulnerability, T, At(IncidentStep.FixAvailable, -500))[2].DueAt);

    [Fact]
    public void The_final_clock_of_a_severe_incident_starts_with_the_notification_and_lasts_a_month_of_the_calendar()
    {
        IncidentRecord[] records = [At(IncidentStep.Notification, 0), At(IncidentStep.FixAvailable, 1)];
        DateTimeOffset due = new(2027, 2, 28, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal((null, false), Of(IncidentKind.SevereIncident, T.AddYears(1), At(IncidentStep.FixAvailable, 1))[2]);
        Assert.Equal((due, false), Of(IncidentKind.SevereIncident, due, records)[2]);
        Assert.Equal((due, true), Of(IncidentKind.SevereIncident, due + Second, records)[2]);
    }

    [Fact]
    public void What_was_met_in_time_stays_so_and_what_was_met_late_stays_late()
    {
        IReadOnlyList<IncidentClock> clocks = IncidentClocks.Of(
            IncidentKind.SevereIncident, T, [At(IncidentStep.EarlyWarning, 24), new IncidentRecord(IncidentStep.Notification, T.AddHours(72) + Second)], T.AddHours(200));

        Assert.Equal([(T.AddHours(24), false), (T.AddHours(72) + Second, true)], clocks.Take(2).Select(clock => (clock.MetAt!.Value, clock.IsOverdue)));
    }

    [Fact]
    public void A_closed_incident_stands_still()
    {
        Assert.Equal([false, false, false], Of(IncidentKind.SevereIncident, T.AddYears(1), At(IncidentStep.Closed, 1)).Select(clock => clock.IsOverdue));
        Assert.Equal([true, false, false], Of(IncidentKind.SevereIncident, T.AddYears(1), At(IncidentStep.Closed, 25)).Select(clock => clock.IsOverdue));
    }

    [Fact]
    public void A_step_is_recorded_once_in_the_past_after_awareness_and_never_after_the_end()
    {
        DateTimeOffset now = T.AddHours(10);

        Assert.Null(IncidentStepRules.Check(T, [], new IncidentRecord(IncidentStep.EarlyWarning, T), now));
        Assert.Null(IncidentStepRules.Check(T, [], new IncidentRecord(IncidentStep.EarlyWarning, now), now));
        Assert.Null(IncidentStepRules.Check(T, [], At(IncidentStep.FixAvailable, -1), now));
        Assert.NotNull(IncidentStepRules.Check(T, [], new IncidentRecord(IncidentStep.EarlyWarning, T - Second), now));
        Assert.NotNull(IncidentStepRules.Check(T, [], new IncidentRecord(IncidentStep.EarlyWarning, now + Second), now));
        Assert.NotNull(IncidentStepRules.Check(T, [At(IncidentStep.EarlyWarning, 1)], At(IncidentStep.EarlyWarning, 2), now));
        Assert.NotNull(IncidentStepRules.Check(T, [At(IncidentStep.Closed, 1)], At(IncidentStep.EarlyWarning, 2), now));
    }

    private static IncidentRecord At(IncidentStep step, double hours) => new(step, T.AddHours(hours));

    private static (DateTimeOffset? DueAt, bool IsOverdue)[] Of(IncidentKind kind, DateTimeOffset now, params IncidentRecord[] records) =>
        [.. IncidentClocks.Of(kind, T, records, now).Select(clock => (clock.DueAt, clock.IsOverdue))];
}
