namespace IotAttest.Conformance;

/// <summary>The words of outcomes, for programs and for people.</summary>
public static class OutcomeWords
{
    /// <summary><c>pass</c>, <c>fail</c> or <c>not-applicable</c>.</summary>
    public static string Word(this CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Pass => "pass",
        CheckOutcome.Fail => "fail",
        CheckOutcome.NotApplicable => "not-applicable",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>Reads such a word; null for any other.</summary>
    public static CheckOutcome? Parse(string? word) => Enum.GetValues<CheckOutcome>().Cast<CheckOutcome?>().FirstOrDefault(outcome => outcome!.Value.Word() == word);

    /// <summary>For people: a word that reads well aloud.</summary>
    internal static string Text(this CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Pass => "Pass",
        CheckOutcome.Fail => "FAIL",
        _ => "Not applicable",
    };
}
