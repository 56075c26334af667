using System.Collections.Immutable;
using IotAttest.Domain.Certificates.Schemes;

namespace IotAttest.Domain.Recognition;

/// <summary>Evaluates recognition rules: a pure function of the certificate, the rules and the moment.</summary>
public static class RecognitionCheck
{
    /// <summary>What a certificate is worth under every scheme that is not made up.</summary>
    /// <param name="subject">The certificate.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="schemes">The schemes, for jurisdictions and the order of levels.</param>
    /// <param name="at">The moment.</param>
    /// <returns>One entry per scheme, in the order of the catalogue; the certificate's own scheme too when it is one of them.</returns>
    public static ImmutableArray<RecognitionCell> Evaluate(RecognitionSubject subject, IReadOnlyCollection<RecognitionRule> rules, SchemeCatalogue schemes, DateTimeOffset at) =>
        [.. schemes.Schemes.Where(scheme => !scheme.IsFictitious).Select(scheme => UnderScheme(subject, scheme, rules, schemes, at))];

    private static RecognitionCell UnderScheme(RecognitionSubject subject, Scheme scheme, IReadOnlyCollection<RecognitionRule> rules, SchemeCatalogue schemes, DateTimeOffset at)
    {
        if (scheme.Id == subject.Scheme)
        {
            return subject.Standing.IsInForce
                ? new RecognitionCell(scheme.Id, subject.Level, RecognitionResult.Certified, null, RecognitionReason.Own)
                : new RecognitionCell(scheme.Id, null, RecognitionResult.None, null, RecognitionReason.OwnNotInForce);
        }

        // Only rules that start at the certificate's own scheme are looked at: what one of them gives starts nothing.
        RecognitionCell[] candidates = [.. rules.Where(rule => rule.From.Scheme == subject.Scheme && rule.To.Scheme == scheme.Id).Select(rule => Apply(rule, subject, schemes, at))];
        return candidates.OrderBy(candidate => candidate.Result).ThenByDescending(candidate => candidate.Rule!.EffectiveFrom).FirstOrDefault()
            ?? new RecognitionCell(scheme.Id, null, RecognitionResult.None, null, new("noRule", $"No rule leads from {subject.Scheme} to {scheme.Id}.") { Values = [subject.Scheme, scheme.Id] });
    }

    private static RecognitionCell Apply(RecognitionRule rule, RecognitionSubject subject, SchemeCatalogue schemes, DateTimeOffset at)
    {
        RecognitionReason? obstacle = StateOf(rule, at) ?? StatusOf(rule, subject) ?? LevelOf(rule, subject, schemes) ?? CategoryOf(rule, subject);
        if (obstacle is not null)
        {
            return new RecognitionCell(rule.To.Scheme, null, RecognitionResult.None, rule, obstacle);
        }

        RecognitionReason gives = new("gives", rule.Gives);
        return rule.Mode == RecognitionMode.Deemed
            ? new RecognitionCell(rule.To.Scheme, rule.To.Level, RecognitionResult.Deemed, rule, gives)
            : new RecognitionCell(rule.To.Scheme, null, RecognitionResult.Streamlined, rule, gives);
    }

    private static RecognitionReason? StateOf(RecognitionRule rule, DateTimeOffset at) => rule.State switch
    {
        RecognitionState.Planned => new("planned", "Nothing is in force: recognition is planned."),
        RecognitionState.Dormant => new("dormant", "The rule is dormant: the other scheme issues nothing under it."),
        RecognitionState.Unverified => new("unverified", "The terms of the rule are not verified."),
        _ => rule.IsEffective(at) ? null : new("ruleNotInForce", "The rule is not in force on that day."),
    };

    private static RecognitionReason? StatusOf(RecognitionRule rule, RecognitionSubject subject)
    {
        if (subject.Standing.Status is not { } status || !rule.Requires.Status.Contains(status))
        {
            string word = subject.Standing.Status?.ToString() ?? "not issued";
            return new("status", $"The certificate is {word}.") { Values = [word] };
        }

        return rule.Requires.Unexpired && !subject.Standing.IsInForce ? new("notInForce", "The certificate is not in force.") : null;
    }

    private static RecognitionReason? LevelOf(RecognitionRule rule, RecognitionSubject subject, SchemeCatalogue schemes)
    {
        if (rule.From.Level is not { } needed)
        {
            return null;
        }

        int? ordinal = schemes.FindLevel(subject.Scheme, subject.Level)?.Ordinal;
        return ordinal >= schemes.FindLevel(rule.From.Scheme, needed)?.Ordinal ? null
            : new("level", $"The level is {subject.Level}; {needed} or higher is needed.") { Values = [subject.Level, needed] };
    }

    // A category that nobody signed is unknown, and unknown is not "covered".
    private static RecognitionReason? CategoryOf(RecognitionRule rule, RecognitionSubject subject)
    {
        RecognitionCategories categories = rule.Categories;
        if (categories.Include.IsEmpty && categories.Exclude.IsEmpty)
        {
            return null;
        }

        if (subject.Categories.IsEmpty)
        {
            return new("noCategory", "The rule depends on the category of the product, and the certificate names none.");
        }

        if (subject.Categories.FirstOrDefault(categories.Exclude.Contains) is { } excluded)
        {
            return new("excluded", $"The rule excludes the category {excluded}.") { Values = [excluded] };
        }

        string covered = string.Join(", ", categories.Include);
        return categories.Include.IsEmpty || subject.Categories.Any(categories.Include.Contains) ? null : new("onlyCategories", $"The rule covers {covered} only.") { Values = [covered] };
    }
}
