namespace IotAttest.Domain.Certificates;

/// <summary>Why a decision was not taken.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Seen">What was asked for.</param>
/// <param name="Expected">What would have been taken.</param>
/// <param name="Do">The next step.</param>
public sealed record DecisionRefusal(DecisionRefusalCode Code, string Seen, string Expected, string Do);
