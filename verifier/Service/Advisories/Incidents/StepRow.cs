using IotAttest.Domain.Advisories.Incidents;

namespace IotAttest.Service.Advisories.Incidents;

/// <summary>A step that somebody recorded.</summary>
internal sealed class StepRow
{
    public string IncidentId { get; init; } = "";

    public long Step { get; init; }

    public long At { get; init; }

    public long RecordedAt { get; init; }

    public string RecordedBy { get; init; } = "";

    public string Reason { get; init; } = "";

    public IncidentRecord ToRecord() => new((IncidentStep)Step, DateTimeOffset.FromUnixTimeMilliseconds(At));
}
