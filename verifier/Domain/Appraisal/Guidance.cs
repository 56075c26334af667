using System.Collections.Immutable;
using IotAttest.Domain.Appraisal.Texts;

namespace IotAttest.Domain.Appraisal;

/// <summary>What should be done and by whom, in no language yet.</summary>
/// <param name="Code">The sentence.</param>
/// <param name="Arguments">What it names: ids, days, words of the interface; an empty one stands for the certification body.</param>
/// <param name="Responsible"><c>manufacturer</c>, <c>body</c>, <c>integrator</c>, <c>operator</c>, or empty when there is nothing to do.</param>
public sealed record Guidance(StepCode Code, ImmutableArray<string> Arguments, string Responsible)
{
    /// <summary>The sentence in a language. Made on demand: most verdicts are never read.</summary>
    public string Text(Language language) => Vocabulary.Of(language).Step(Code, Arguments);
}
