using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Appraisal.Texts;

namespace IotAttest.Service.Appraisals;

/// <summary>Every word a verdict may use, with what it means and who acts (certification.md, ask 21: one vocabulary).</summary>
internal sealed record VocabularyView(
    string Language, IReadOnlyList<WordView> Conformity, IReadOnlyList<WordView> Drift, IReadOnlyList<WordView> Conditions, IReadOnlyDictionary<string, string> Responsible)
{
    public static VocabularyView Of(Language language)
    {
        Vocabulary words = Vocabulary.Of(language);
        return new VocabularyView(
            language.Tag(),
            [.. Enum.GetValues<Conformity>().Select(word => WordView.Of(word.ToString(), words.Explain(word), Actors.Of(word)))],
            [.. Enum.GetValues<Drift>().Where(word => word != Domain.Appraisal.Drift.None).Select(word => WordView.Of(word.ToString(), words.Explain(word), Actors.Of(word)))],
            [.. Enum.GetValues<Conditions>().Where(word => word != Domain.Appraisal.Conditions.None).Select(word => WordView.Of(word.ToString(), words.Explain(word), Actors.Of(word)))],
            Actors.All.ToDictionary(actor => actor, words.Actor));
    }
}

/// <summary>One word.</summary>
internal sealed record WordView(string Word, string Explanation, string NextStep, string Responsible)
{
    public static WordView Of(string word, WordText text, string responsible) => new(word, text.Explanation, text.NextStep, responsible);
}
