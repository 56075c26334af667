using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Evidence;

namespace IotAttest.Conformance;

/// <summary>What a verifier says to evidence.</summary>
/// <param name="Refusal">Why it was not taken; null when it was.</param>
/// <param name="Verdict">The verdict after it.</param>
public sealed record VerifierAnswer(Refusal? Refusal, Verdict Verdict)
{
    /// <summary>One line for a report.</summary>
    public override string ToString() => Refusal is null
        ? $"{Verdict.Conformity}{(Verdict.Drift == Drift.None ? "" : $" ({string.Join(", ", Verdict.Drift.Words())})")}"
        : $"refused: {Refusal.Seen}";
}
