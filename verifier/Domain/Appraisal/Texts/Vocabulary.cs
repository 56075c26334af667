using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using IotAttest.Domain.Certificates;

namespace IotAttest.Domain.Appraisal.Texts;

/// <summary>All sentences about verdicts in one language: the files vocabulary.TAG.json, part of the program.</summary>
public sealed class Vocabulary
{
    private static readonly FrozenDictionary<Language, Vocabulary> All = Enum.GetValues<Language>().ToFrozenDictionary(language => language, language => new Vocabulary(language));

    private readonly VocabularyFile _file;
    private readonly FrozenDictionary<StepCode, CompositeFormat> _steps;

    private Vocabulary(Language language)
    {
        _file = EmbeddedJson.Read<VocabularyFile>($"vocabulary.{language.Tag()}.json");
        _steps = _file.Steps.ToFrozenDictionary(step => step.Key, step => CompositeFormat.Parse(step.Value));
    }

    /// <summary>The vocabulary of a language.</summary>
    public static Vocabulary Of(Language language) => All[language];

    /// <summary>What a conformity means.</summary>
    public WordText Explain(Conformity conformity) => _file.Conformity[conformity];

    /// <summary>What one class of drift means.</summary>
    public WordText Explain(Drift drift) => _file.Drift[drift];

    /// <summary>What one condition means.</summary>
    public WordText Explain(Conditions condition) => _file.Conditions[condition];

    /// <summary>The name of one of <see cref="Actors.All"/>.</summary>
    public string Actor(string actor) => _file.Actors[actor];

    /// <summary>The sentence of a code.</summary>
    /// <param name="code">Which.</param>
    /// <param name="arguments">What it names; an empty one becomes "the certification body".</param>
    public string Step(StepCode code, ImmutableArray<string> arguments) =>
        string.Format(CultureInfo.InvariantCulture, _steps[code], [.. arguments.Select(argument => argument.Length == 0 ? _file.TheBody : argument)]);
}
