using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Appraisal.Texts;

namespace IotAttest.Domain.Tests.Appraisal;

/// <summary>Every word has an actor, a next step and an explanation, in every language: a word without one, or the same text in two languages, fails.</summary>
public sealed class VocabularyTests
{
    public static TheoryData<Conformity> Conformities => [.. Enum.GetValues<Conformity>()];

    public static TheoryData<Drift> Drifts => [.. Enum.GetValues<Drift>().Where(drift => drift != Drift.None)];

    public static TheoryData<Conditions> AllConditions => [.. Enum.GetValues<Conditions>().Where(condition => condition != Conditions.None)];

    public static TheoryData<StepCode> Steps => [.. Enum.GetValues<StepCode>()];

    [Theory]
    [MemberData(nameof(Conformities))]
    public void Every_conformity_is_explained_in_every_language(Conformity conformity)
    {
        AssertTexts(language => Vocabulary.Of(language).Explain(conformity));
        Assert.Equal(conformity == Conformity.Conformant, Actors.Of(conformity).Length == 0);
    }

    [Theory]
    [MemberData(nameof(Drifts))]
    public void Every_drift_is_explained_in_every_language_and_has_an_actor(Drift drift)
    {
        AssertTexts(language => Vocabulary.Of(language).Explain(drift));
        Assert.Contains(Actors.Of(drift), Actors.All);
    }

    [Theory]
    [MemberData(nameof(AllConditions))]
    public void Every_condition_is_explained_in_every_language_and_has_an_actor(Conditions condition)
    {
        AssertTexts(language => Vocabulary.Of(language).Explain(condition));
        Assert.Contains(Actors.Of(condition), Actors.All);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_step_names_the_same_things_in_every_language(StepCode step)
    {
        string[] arguments = ["first", "second", "third", "fourth"];
        string[] texts = [.. Enum.GetValues<Language>().Select(language => Vocabulary.Of(language).Step(step, [.. arguments]))];

        AssertDifferent(texts);
        Assert.All(arguments, argument => Assert.Single(texts.Select(text => text.Contains(argument, StringComparison.Ordinal)).Distinct()));
    }

    [Fact]
    public void Every_actor_has_a_name_in_every_language()
    {
        foreach (string actor in Actors.All)
        {
            AssertDifferent([.. Enum.GetValues<Language>().Select(language => Vocabulary.Of(language).Actor(actor))]);
        }
    }

    [Fact]
    public void An_empty_argument_stands_for_the_certification_body()
    {
        Guidance guidance = new(StepCode.CertificateSuspended, ["", "C-1"], Actors.Body);

        Assert.Equal("Ask the certification body: certificate C-1 is suspended.", guidance.Text(Language.English));
        Assert.Equal("Nachfragen, zuständig ist die Zertifizierungsstelle: Zertifikat C-1 ist ausgesetzt.", guidance.Text(Language.German));
    }

    [Theory]
    [InlineData("de", Language.German)]
    [InlineData("DE-at", Language.German)]
    [InlineData("en-GB", Language.English)]
    [InlineData("fr", null)]
    [InlineData("*", null)]
    [InlineData("", null)]
    [InlineData("deu", null)]
    public void A_language_range_is_matched_by_its_first_part(string range, Language? expected) => Assert.Equal(expected, LanguageTags.Find(range));

    private static void AssertTexts(Func<Language, WordText> explain)
    {
        WordText[] texts = [.. Enum.GetValues<Language>().Select(explain)];
        AssertDifferent([.. texts.Select(text => text.Explanation)]);
        AssertDifferent([.. texts.Select(text => text.NextStep)]);
    }

    private static void AssertDifferent(string[] texts)
    {
        Assert.All(texts, text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Equal(texts.Length, texts.Distinct().Count());
    }
}
