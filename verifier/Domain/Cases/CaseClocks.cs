using System.Collections.Immutable;

namespace IotAttest.Domain.Cases;

/// <summary>Which clocks a case has. Those with a source say so; the others are defaults of this verifier.</summary>
public static class CaseClocks
{
    /// <summary>A first answer: somebody is responsible.</summary>
    public const string Acknowledgement = "acknowledgement";

    /// <summary>The decision of an appeal or complaint.</summary>
    public const string Decision = "decision";

    /// <summary>The remedy that the body asks for.</summary>
    public const string Remedy = "remedy";

    /// <summary>The end of the certificate's validity.</summary>
    public const string Expiry = "expiry";

    private static readonly TimeSpan AcknowledgementTime = TimeSpan.FromDays(7);
    private static readonly TimeSpan DecisionTime = TimeSpan.FromDays(60);

    /// <summary>30 days: the longest time for a remedy under EUCC (Implementing Regulation (EU) 2024/482, Articles 28 to 30).</summary>
    public static TimeSpan RemedyTime { get; } = TimeSpan.FromDays(30);

    /// <summary>The clocks that start when a case is opened.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="openedAt">When it was opened.</param>
    /// <param name="validUntil">For a renewal: the end of the certificate's validity.</param>
    public static ImmutableArray<CaseClock> AtOpening(CaseType type, DateTimeOffset openedAt, DateTimeOffset? validUntil = null) => type switch
    {
        CaseType.NonConformity => [New(Remedy, openedAt + RemedyTime)],
        CaseType.Appeal or CaseType.Complaint => [New(Acknowledgement, openedAt + AcknowledgementTime), New(Decision, openedAt + DecisionTime)],
        CaseType.Renewal => [New(Expiry, validUntil ?? throw new ArgumentNullException(nameof(validUntil)))],
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The clock that a step meets by itself; null for none.</summary>
    public static string? MetBy(CaseStep step, CaseType type) => (step, type) switch
    {
        (CaseStep.Assign, CaseType.Appeal or CaseType.Complaint) => Acknowledgement,
        (CaseStep.Decide, CaseType.Appeal or CaseType.Complaint) => Decision,
        (CaseStep.Decide, CaseType.NonConformity) => Remedy,
        (CaseStep.Decide, CaseType.Renewal) => Expiry,
        _ => null,
    };

    private static CaseClock New(string name, DateTimeOffset dueAt) => new(name, dueAt, null);
}
