namespace IotAttest.Domain.Certificates;

/// <summary>The words of decisions in requests and histories.</summary>
public static class DecisionWords
{
    private static readonly (string Word, DecisionKind Kind)[] OfBodies =
    [
        ("suspend", DecisionKind.Suspend),
        ("extend", DecisionKind.Extend),
        ("resume", DecisionKind.Resume),
        ("withdraw", DecisionKind.Withdraw),
        ("revoke", DecisionKind.Revoke),
        ("stay", DecisionKind.Stay),
    ];

    /// <summary>The words a body can ask for; issuing and superseding are done by submitting a certificate.</summary>
    public static IEnumerable<string> All => OfBodies.Select(pair => pair.Word);

    /// <summary>The word of any decision, in lower case.</summary>
    public static string Word(this DecisionKind kind) => kind == DecisionKind.IssueProvisional ? "issue-provisional" : kind.ToString().ToLowerInvariant();

    /// <summary>True for the first event of a certificate, of either kind.</summary>
    public static bool IsIssue(this DecisionKind kind) => kind is DecisionKind.Issue or DecisionKind.IssueProvisional;

    /// <summary>Reads one of <see cref="All"/>; false for any other text.</summary>
    public static bool TryParse(string word, out DecisionKind kind)
    {
        kind = OfBodies.FirstOrDefault(pair => pair.Word == word).Kind;
        return kind != 0;
    }
}
