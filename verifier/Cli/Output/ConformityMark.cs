using Spectre.Console;

namespace IotAttest.Cli.Output;

/// <summary>How a conformity looks in a terminal: a shape and a colour beside the word, so that none of them is needed alone.</summary>
internal sealed record ConformityMark(string Shape, Color Colour)
{
    private static readonly ConformityMark Other = new("?", Color.Grey);

    private static readonly Dictionary<string, ConformityMark> Marks = new(StringComparer.Ordinal)
    {
        ["Compromised"] = new("✖", Color.Red),
        ["Drifted"] = new("▲", Color.Orange1),
        ["CertificateNotInForce"] = new("■", Color.Orange1),
        ["Vulnerable"] = new("▼", Color.Orange1),
        ["Stale"] = new("○", Color.Yellow),
        ["PendingCoverage"] = new("◆", Color.Blue),
        ["SupportEnded"] = new("□", Color.Grey),
        ["Unknown"] = Other,
        ["Decommissioned"] = new("–", Color.Grey),
        ["Conformant"] = new("●", Color.Green),
    };

    /// <summary>All words, the most urgent first.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Marks.Keys];

    public static ConformityMark Of(string conformity) => Marks.GetValueOrDefault(conformity, Other);
}
