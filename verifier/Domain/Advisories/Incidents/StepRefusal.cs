namespace IotAttest.Domain.Advisories.Incidents;

/// <summary>Why a step cannot be recorded.</summary>
/// <param name="Seen">What was asked for.</param>
/// <param name="Expected">What would have been taken.</param>
public sealed record StepRefusal(string Seen, string Expected);
