using IotAttest.Domain.Cases;

namespace IotAttest.Service.Cases;

/// <summary>A row of the table case_events.</summary>
internal sealed class CaseEventRow
{
    public const string Columns = "case_id AS CaseId, at, step, taken_by AS TakenBy, person, rationale_public AS RationalePublic, rationale_confidential AS RationaleConfidential, dissent, assigned, clock, outcome";

    public long CaseId { get; init; }

    public long At { get; init; }

    public long Step { get; init; }

    public string TakenBy { get; init; } = "";

    public string Person { get; init; } = "";

    public string RationalePublic { get; init; } = "";

    public string RationaleConfidential { get; init; } = "";

    public string Dissent { get; init; } = "";

    public string? Assigned { get; init; }

    public string? Clock { get; init; }

    public string? Outcome { get; init; }

    public CaseEvent ToEvent() => new(DateTimeOffset.FromUnixTimeMilliseconds(At), (CaseStep)Step, TakenBy, Person)
    {
        RationalePublic = RationalePublic,
        RationaleConfidential = RationaleConfidential,
        Dissent = Dissent,
        Assigned = Assigned,
        Clock = Clock,
        Outcome = Outcome,
    };
}
