using System.Collections.Immutable;

namespace IotAttest.Domain.Appraisal.Texts;

/// <summary>The file vocabulary.TAG.json.</summary>
internal sealed record VocabularyFile(
    string TheBody,
    ImmutableDictionary<string, string> Actors,
    ImmutableDictionary<Conformity, WordText> Conformity,
    ImmutableDictionary<Drift, WordText> Drift,
    ImmutableDictionary<Conditions, WordText> Conditions,
    ImmutableDictionary<StepCode, string> Steps);
