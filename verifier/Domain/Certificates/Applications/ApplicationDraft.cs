using System.Collections.Immutable;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Crosswalk;

namespace IotAttest.Domain.Certificates.Applications;

/// <summary>What a manufacturer files, before it is checked.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="SummaryPlain">What the product is and what is asked for, in plain words.</param>
/// <param name="Answers">The conformance statement.</param>
public sealed record ApplicationDraft(string Scheme, string SummaryPlain, ImmutableArray<ConformanceAnswer> Answers)
{
    /// <summary>Longest summary.</summary>
    public const int MaxSummaryWords = 120;

    /// <summary>The preconditions that need no store; whether the build is the applicant's own is checked beside it.</summary>
    /// <returns>The first that does not hold, or null.</returns>
    public DecisionRefusal? Check(SchemeCatalogue schemes, CrosswalkData crosswalk) => CheckSummary() ?? CheckAnswers(schemes.Find(Scheme)?.Requirements ?? [], crosswalk);

    private DecisionRefusal? CheckSummary()
    {
        int words = SummaryPlain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return words is 0 or > MaxSummaryWords
            ? new DecisionRefusal(DecisionRefusalCode.NoSummary, $"a summary of {words} words", $"1 to {MaxSummaryWords} words that everybody understands", "Correct the summary.")
            : null;
    }

    private DecisionRefusal? CheckAnswers(ImmutableArray<string> requirements, CrosswalkData crosswalk)
    {
        if (Answers.Select(answer => answer.Requirement).FirstOrDefault(key => !requirements.Contains(key)) is { } stranger)
        {
            return Row($"an answer to {stranger}, which {Scheme} does not ask", "answers to its requirements (GET /v1/schemes/{id}/requirements)");
        }

        if (Answers.GroupBy(answer => answer.Requirement).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return Row($"two answers to {twice.Key}", "one answer");
        }

        if (requirements.FirstOrDefault(key => crosswalk.Find(key)?.Obligation == Obligation.Mandatory && Answers.All(answer => answer.Requirement != key)) is { } open)
        {
            return Row($"no answer to {open}, which is mandatory", "an answer to every mandatory requirement");
        }

        return Answers.FirstOrDefault(answer => answer.Claim != ConformanceClaim.Yes && string.IsNullOrWhiteSpace(answer.Note)) is { } bare
            ? Row($"\"{bare.Claim}\" to {bare.Requirement} without a reason", "a note that says why")
            : null;
    }

    private static DecisionRefusal Row(string seen, string expected) => new(DecisionRefusalCode.NotAnswered, seen, expected, "Correct the conformance statement.");
}
