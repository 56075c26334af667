using IotAttest.Domain.Cases;

namespace IotAttest.Service.Cases;

/// <summary>A row of the table cases.</summary>
internal sealed class CaseRow
{
    public const string Columns = "c.id, c.type, c.certificate_id AS CertificateId, c.application_id AS ApplicationId, c.decision, c.opened_by AS OpenedBy, c.holder, c.body, c.opened_at AS OpenedAt, c.summary";

    public long Id { get; init; }

    public long Type { get; init; }

    public string? CertificateId { get; init; }

    public long? ApplicationId { get; init; }

    public long? Decision { get; init; }

    public string OpenedBy { get; init; } = "";

    public string Holder { get; init; } = "";

    public string Body { get; init; } = "";

    public long OpenedAt { get; init; }

    public string Summary { get; init; } = "";

    public CaseType Kind => (CaseType)Type;

    public CaseLife LifeWith(IReadOnlyList<CaseEvent> history, IEnumerable<(string Name, DateTimeOffset DueAt)> clocks, IEnumerable<string> excluded) => new(
        Kind,
        [.. clocks.Select(clock => new CaseClock(clock.Name, clock.DueAt, history.FirstOrDefault(taken => taken.Clock == clock.Name)?.At)).OrderBy(clock => clock.DueAt)],
        [.. history],
        [.. excluded]);
}
