namespace IotAttest.Domain.Advisories.Incidents;

/// <summary>One step with the moment at which it happened.</summary>
/// <param name="Step">The step.</param>
/// <param name="At">When it happened.</param>
public sealed record IncidentRecord(IncidentStep Step, DateTimeOffset At);
