namespace IotAttest.Domain.Recognition;

/// <summary>One cell of the coverage matrix: what a certificate is worth under one scheme at one moment. Computed, never stored.</summary>
/// <param name="Scheme">The scheme that would recognise it.</param>
/// <param name="Level">The level it counts as; null where nothing is recognised, or where the rule names none.</param>
/// <param name="Result">How it counts.</param>
/// <param name="Rule">The rule that decides; null when none leads from the certificate's scheme to this one.</param>
/// <param name="Reason">Why.</param>
public sealed record RecognitionCell(string Scheme, string? Level, RecognitionResult Result, RecognitionRule? Rule, RecognitionReason Reason)
{
    /// <summary>The reason in one sentence, in English.</summary>
    public string Why => Reason.Text;
}
