namespace IotAttest.Domain.Advisories.Incidents;

/// <summary>The three deadlines of Article 14 of Regulation (EU) 2024/2847. Two anchors for the last one: 14 days after a corrective measure is
/// available for an exploited vulnerability, one month after the notification for a severe incident. Pure.</summary>
public static class IncidentClocks
{
    /// <summary>Name of the first clock.</summary>
    public const string EarlyWarning = "early-warning";

    /// <summary>Name of the second clock.</summary>
    public const string Notification = "notification";

    /// <summary>Name of the last clock.</summary>
    public const string FinalReport = "final-report";

    private static readonly TimeSpan EarlyWarningTime = TimeSpan.FromHours(24);
    private static readonly TimeSpan NotificationTime = TimeSpan.FromHours(72);
    private static readonly TimeSpan FinalTime = TimeSpan.FromDays(14);

    /// <summary>The clocks as of now.</summary>
    /// <param name="kind">What has to be reported.</param>
    /// <param name="openedAt">T: when the manufacturer became aware.</param>
    /// <param name="records">What was recorded, each step at most once.</param>
    /// <param name="now">Now; a closed incident stands still.</param>
    public static IReadOnlyList<IncidentClock> Of(IncidentKind kind, DateTimeOffset openedAt, IReadOnlyCollection<IncidentRecord> records, DateTimeOffset now)
    {
        DateTimeOffset? closedAt = At(records, IncidentStep.Closed);
        DateTimeOffset at = closedAt ?? now;
        (string anchor, DateTimeOffset? finalDue) = kind == IncidentKind.ExploitedVulnerability
            ? ("14 days after a fix is available", FixOf(openedAt, records) + FinalTime)
            : ("one month after the notification", At(records, IncidentStep.Notification)?.AddMonths(1));
        return
        [
            Clock(EarlyWarning, "24 hours after awareness", openedAt + EarlyWarningTime, At(records, IncidentStep.EarlyWarning), at),
            Clock(Notification, "72 hours after awareness", openedAt + NotificationTime, At(records, IncidentStep.Notification), at),
            Clock(FinalReport, anchor, finalDue, At(records, IncidentStep.FinalReport), at),
        ];
    }

    // A fix that was there before anybody knew of the exploitation starts the clock when they knew.
    private static DateTimeOffset? FixOf(DateTimeOffset openedAt, IReadOnlyCollection<IncidentRecord> records) =>
        At(records, IncidentStep.FixAvailable) is { } fix ? fix > openedAt ? fix : openedAt : null;

    private static IncidentClock Clock(string name, string anchor, DateTimeOffset? dueAt, DateTimeOffset? metAt, DateTimeOffset at) =>
        new(name, anchor, dueAt, metAt, (metAt ?? at) > dueAt);

    private static DateTimeOffset? At(IReadOnlyCollection<IncidentRecord> records, IncidentStep step) =>
        records.FirstOrDefault(record => record.Step == step)?.At;
}
