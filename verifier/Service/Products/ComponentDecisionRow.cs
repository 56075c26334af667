using IotAttest.Domain.Products;

namespace IotAttest.Service.Products;

/// <summary>A row of component_decisions.</summary>
internal sealed class ComponentDecisionRow
{
    public const string Columns = "d.scheme, d.number, d.status, d.until, d.at, d.decided_by AS DecidedBy, d.reason";

    public string Scheme { get; init; } = "";

    public string Number { get; init; } = "";

    public string Status { get; init; } = "";

    public string? Until { get; init; }

    public long At { get; init; }

    public string DecidedBy { get; init; } = "";

    public string Reason { get; init; } = "";

    public ComponentDecision ToDecision() => new(ComponentRow.StatusOf(Status), DayText.Stored(Until), DateTimeOffset.FromUnixTimeMilliseconds(At), DecidedBy, Reason);
}
