namespace IotAttest.Conformance;

/// <summary>What a check found, in plain words without secrets.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Seen">What was seen; for a check that does not apply, why.</param>
/// <param name="Expected">What makes it pass.</param>
public sealed record Finding(CheckOutcome Outcome, string Seen, string Expected)
{
    /// <summary>Longest text in characters; what is longer is cut.</summary>
    public const int MaxTextLength = 500;

    public static Finding Pass(string seen, string expected) => new(CheckOutcome.Pass, Cut(seen), Cut(expected));

    public static Finding Fail(string seen, string expected) => new(CheckOutcome.Fail, Cut(seen), Cut(expected));

    public static Finding NotApplicable(string why, string expected) => new(CheckOutcome.NotApplicable, Cut(why), Cut(expected));

    /// <summary>Pass or Fail.</summary>
    public static Finding Of(bool holds, string seen, string expected) => holds ? Pass(seen, expected) : Fail(seen, expected);

    private static string Cut(string text) => text.Length <= MaxTextLength ? text : $"{text[..(MaxTextLength - 3)]}...";
}
