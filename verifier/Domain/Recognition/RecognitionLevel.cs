namespace IotAttest.Domain.Recognition;

/// <summary>A scheme and one of its levels.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Level">The level, or null where the rule names none.</param>
public sealed record RecognitionLevel(string Scheme, string? Level);
