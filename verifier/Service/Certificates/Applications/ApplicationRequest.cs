using System.Collections.Immutable;
using System.Text.Json;
using IotAttest.Domain.Certificates.Applications;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Certificates.Applications;

/// <summary>What a manufacturer files.</summary>
/// <remarks>The public parameters describe the JSON in the OpenAPI document.</remarks>
internal sealed record ApplicationRequest(string Body, string Scheme, string Level, string Build, string SummaryPlain, ImmutableArray<ConformanceAnswer> Answers)
{
    private const int MaxWordLength = 128;
    private const int MaxSummaryLength = 2000;
    private const int MaxAnswers = 200;
    private const int MaxNoteLength = 500;

    private static readonly (string Word, ConformanceClaim Claim)[] Claims =
        [("yes", ConformanceClaim.Yes), ("no", ConformanceClaim.No), ("notApplicable", ConformanceClaim.NotApplicable)];

    /// <summary>The word of a claim.</summary>
    public static string WordOf(ConformanceClaim claim) => Claims.First(pair => pair.Claim == claim).Word;

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static ApplicationRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "body", "scheme", "level", "build", "summaryPlain", "answers");
        return new ApplicationRequest(
            fields.Text("body", MaxWordLength),
            fields.Text("scheme", MaxWordLength),
            fields.Text("level", MaxWordLength),
            fields.Text("build", MaxWordLength),
            fields.Text("summaryPlain", MaxSummaryLength),
            AnswersOf(fields));
    }

    /// <summary>What can be checked without the store.</summary>
    public ApplicationDraft ToDraft() => new(Scheme, SummaryPlain, Answers);

    private static ImmutableArray<ConformanceAnswer> AnswersOf(RequestFields fields) => fields.Element("answers") switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array when array.GetArrayLength() <= MaxAnswers => [.. array.EnumerateArray().Select(item => AnswerOf(fields, item))],
        _ => throw fields.Wrong("answers", "no array, or a longer one", $"an array of at most {MaxAnswers} answers"),
    };

    private static ConformanceAnswer AnswerOf(RequestFields fields, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw fields.Wrong("answers", $"{item.ValueKind}", "objects with \"requirement\", \"claim\" and \"note\"");
        }

        using RequestFields answer = RequestFields.Parse(JsonSerializer.SerializeToUtf8Bytes(item), "requirement", "claim", "note");
        string word = answer.Text("claim", MaxWordLength);
        ConformanceClaim claim = Claims.FirstOrDefault(pair => pair.Word == word).Claim;
        return claim == 0
            ? throw answer.Wrong("claim", $"\"{word}\"", string.Join(", ", Claims.Select(pair => pair.Word)))
            : new ConformanceAnswer(answer.Text("requirement", MaxWordLength), claim, answer.OptionalText("note", MaxNoteLength) ?? "");
    }
}
