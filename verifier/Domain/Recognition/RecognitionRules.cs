using System.Collections.Immutable;
using IotAttest.Domain.Certificates;

namespace IotAttest.Domain.Recognition;

/// <summary>The recognition rules this verifier knows, as data: recognition-rules.json, part of the program.</summary>
public static class RecognitionRules
{
    /// <summary>The rules of this program, in the order of the file.</summary>
    public static ImmutableArray<RecognitionRule> Default { get; } = EmbeddedJson.Read<ImmutableArray<RecognitionRule>>("recognition-rules.json");
}
