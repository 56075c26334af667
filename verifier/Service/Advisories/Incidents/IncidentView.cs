using IotAttest.Domain.Advisories.Incidents;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Advisories.Incidents;

/// <summary>An incident with its clocks as of now. Nothing is ever sent to anybody: people report, and record here that they did.</summary>
internal sealed record IncidentView(
    string Id,
    string Kind,
    string Organisation,
    string? Advisory,
    string Title,
    string OpenedAt,
    string RecordedAt,
    string OpenedBy,
    string Reason,
    string Status,
    IReadOnlyList<ClockView> Clocks,
    IReadOnlyList<StepView> Steps)
{
    public static IncidentView Of(IncidentRow row, IReadOnlyList<StepRow> steps, DateTimeOffset now) => new(
        row.Id,
        WordOf((IncidentKind)row.Kind),
        row.Organisation,
        row.AdvisoryId,
        row.Title,
        UtcText.OfMs(row.OpenedAt),
        UtcText.OfMs(row.RecordedAt),
        row.OpenedBy,
        row.Reason,
        steps.Any(step => step.Step == (long)IncidentStep.Closed) ? "closed" : "open",
        [.. row.ClocksAt(steps, now).Select(ClockView.Of)],
        [.. steps.Select(StepView.Of)]);

    public static string WordOf(IncidentKind kind) => kind == IncidentKind.ExploitedVulnerability ? "exploited-vulnerability" : "severe-incident";
}

/// <summary>A deadline; <paramref name="DueAt"/> is null while what it counts from has not happened.</summary>
internal sealed record ClockView(string Name, string Anchor, string? DueAt, string? MetAt, bool Overdue)
{
    public static ClockView Of(IncidentClock clock) => new(clock.Name, clock.Anchor, UtcText.Of(clock.DueAt), UtcText.Of(clock.MetAt), clock.IsOverdue);
}

/// <summary>A step, when it happened and who said so when.</summary>
internal sealed record StepView(string Step, string At, string RecordedAt, string RecordedBy, string Reason)
{
    public static StepView Of(StepRow row) => new(StepRequest.WordOf((IncidentStep)row.Step), UtcText.OfMs(row.At), UtcText.OfMs(row.RecordedAt), row.RecordedBy, row.Reason);
}

/// <summary>Some incidents; <paramref name="Next"/> is the cursor of the next page, null at the end.</summary>
internal sealed record IncidentPage(IReadOnlyList<IncidentView> Incidents, string? Next);
