using System.Globalization;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Recognition;

namespace IotAttest.Service.Certificates;

/// <summary>All rules, with what is in force at a moment.</summary>
internal sealed record RecognitionRulesView(string AsOf, IReadOnlyList<RecognitionRuleView> Rules);

/// <summary>One rule as its data file has it; inForce says whether it counts at the moment asked for.</summary>
internal sealed record RecognitionRuleView(
    string Id,
    RecognitionSideView From,
    RecognitionSideView To,
    string Mode,
    string State,
    bool InForce,
    string Gives,
    IReadOnlyList<string> Include,
    IReadOnlyList<string> Exclude,
    int MaxHops,
    string? EffectiveFrom,
    string? EffectiveUntil,
    string LegalRef,
    string SourceChecked,
    string Note)
{
    public static RecognitionRuleView Of(RecognitionRule rule, DateTimeOffset at) => new(
        rule.Id,
        RecognitionSideView.Of(rule.From),
        RecognitionSideView.Of(rule.To),
        EnumWord.Of(rule.Mode),
        EnumWord.Of(rule.State),
        rule.State == RecognitionState.InForce && rule.IsEffective(at),
        rule.Gives,
        rule.Categories.Include,
        rule.Categories.Exclude,
        RecognitionRule.MaxHops,
        Day(rule.EffectiveFrom),
        Day(rule.EffectiveUntil),
        rule.LegalRef,
        Day(rule.SourceChecked)!,
        rule.Note);

    private static string? Day(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>One side of a rule; no level where the rule names none.</summary>
internal sealed record RecognitionSideView(string Scheme, string Jurisdiction, string? Level)
{
    public static RecognitionSideView Of(RecognitionLevel side) => new(side.Scheme, SchemeCatalogue.Default.Find(side.Scheme)!.Jurisdiction, side.Level);
}
