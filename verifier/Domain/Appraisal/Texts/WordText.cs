namespace IotAttest.Domain.Appraisal.Texts;

/// <summary>What one word of a verdict means.</summary>
/// <param name="Explanation">In plain words.</param>
/// <param name="NextStep">What to do when nothing more is known.</param>
public sealed record WordText(string Explanation, string NextStep);
