namespace IotAttest.Domain.Advisories.Incidents;

/// <summary>One deadline of an incident.</summary>
/// <param name="Name"><c>early-warning</c>, <c>notification</c> or <c>final-report</c>.</param>
/// <param name="Anchor">What it counts from, for people.</param>
/// <param name="DueAt">Last moment in time; null while what it counts from has not happened.</param>
/// <param name="MetAt">When it was met; null while it is open.</param>
/// <param name="IsOverdue">True when it was, or was not yet, met after <paramref name="DueAt"/>.</param>
public sealed record IncidentClock(string Name, string Anchor, DateTimeOffset? DueAt, DateTimeOffset? MetAt, bool IsOverdue);
