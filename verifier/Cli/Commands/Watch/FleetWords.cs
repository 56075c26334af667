using System.Text.Json;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Watch;

/// <summary>Device objects and events as words for people.</summary>
internal static class FleetWords
{
    public const string AsOf = "as of";
    public const string NextStep = "next step";

    public static IReadOnlyList<string> Headings { get; } = ["board", "conformity", "drift", AsOf, NextStep];

    /// <summary>The counts that are not 0, the most urgent first.</summary>
    public static string Counts(FleetSnapshot fleet) => fleet.Total == 0
        ? "no board that you may see"
        : string.Join("   ", ConformityMark.Words.Where(word => fleet.Counts.GetValueOrDefault(word) > 0).Select(word => $"{ConformityMark.Of(word).Shape} {word} {fleet.Counts[word]}"));

    public static IReadOnlyList<string> Cells(JsonElement board)
    {
        string conformity = JsonReport.Member(board, "conformity") ?? "";
        string drift = string.Join(", ", board.GetProperty("drift").EnumerateArray().Select(word => word.GetString()));
        return
        [
            JsonReport.Member(board, "ueid") ?? "",
            $"{ConformityMark.Of(conformity).Shape} {conformity}",
            drift.Length == 0 ? "none" : drift,
            JsonReport.Member(board, "asOf") ?? "never",
            JsonReport.Member(board, "nextStep") ?? "",
        ];
    }

    public static string Event(JsonElement item)
    {
        JsonElement data = item.GetProperty("data");
        string head = $"{JsonReport.Member(item, "at")}  {JsonReport.Member(data, "ueid")}";
        if (JsonReport.Member(data, "addresses") is { } addresses)
        {
            return $"{head}  key used from {addresses}";
        }

        string conformity = JsonReport.Member(data, "conformity") ?? "";
        return $"{head}  {JsonReport.Member(data, "previous")} -> {ConformityMark.Of(conformity).Shape} {conformity}  ({JsonReport.Member(data, "cause")})";
    }
}
