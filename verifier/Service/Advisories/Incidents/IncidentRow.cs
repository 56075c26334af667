using IotAttest.Domain.Advisories.Incidents;

namespace IotAttest.Service.Advisories.Incidents;

/// <summary>An incident as it was opened.</summary>
internal sealed class IncidentRow
{
    public string Id { get; init; } = "";

    /// <summary>Whose duty the report is.</summary>
    public string Organisation { get; init; } = "";

    public long Kind { get; init; }

    public string? AdvisoryId { get; init; }

    public string Title { get; init; } = "";

    public long OpenedAt { get; init; }

    public long RecordedAt { get; init; }

    public string OpenedBy { get; init; } = "";

    public string Reason { get; init; } = "";

    public IReadOnlyList<IncidentClock> ClocksAt(IEnumerable<StepRow> steps, DateTimeOffset now) =>
        IncidentClocks.Of((IncidentKind)Kind, DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt), [.. steps.Select(step => step.ToRecord())], now);
}
