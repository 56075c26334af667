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

    /// <summary>Early warning of an incident.</summary>
    public const string EarlyWarning = "earlyWarning";

    /// <summary>Notification of an incident.</summary>
    public const string Notification = "notification";

    /// <summary>Final report of an incident.</summary>
    public const string Final = "final";

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

        // Regulation (EU) 2024/2847 Article 14: 24 hours, 72 hours; the last clock of an incident starts with the notification.
        CaseType.Incident => [New(EarlyWarning, openedAt.AddHours(24)), New(Notification, openedAt.AddHours(72))],
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The clock that starts when another one is met: the final report of an incident, one month after its notification. Null for any other.</summary>
    public static CaseClock? After(CaseType type, string met, DateTimeOffset at) =>
        type == CaseType.Incident && met == Notification ? New(Final, at.AddMonths(1)) : null;

    /// <summary>The clock that a step meets by itself; null for none.</summary>
    public static string? MetBy(CaseStep step, CaseType type) => (step, type) switch
    {
        (CaseStep.Assign, CaseType.Appeal or CaseType.Complaint) => Acknowledgement,
        (CaseStep.Decide, CaseType.Appeal or CaseType.Complaint) => Decision,
        (CaseStep.Decide, CaseType.NonConformity) => Remedy,
        (CaseStep.Decide, CaseType.Renewal) => Expiry,
        (CaseStep.Decide, CaseType.Incident) => Final,
        _ => null,
    };

    private static CaseClock New(string name, DateTimeOffset dueAt) => new(name, dueAt, null);
}
