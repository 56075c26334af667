namespace IotAttest.Domain.Certificates;

/// <summary>The rule of two persons: one proposes, another one of the same body confirms in time.</summary>
public static class SecondPerson
{
    /// <summary>How long a proposal can be confirmed.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromDays(7);

    /// <summary>True when one person alone cannot take this decision: every decision at a third-party level, and every revocation.</summary>
    public static bool IsNeeded(DecisionKind kind, CertificateRules rules) => rules.IsThirdParty || kind == DecisionKind.Revoke;

    /// <summary>Whether this person may confirm now.</summary>
    /// <param name="proposedBy">Who proposed; empty for whoever holds the token of the organisation itself.</param>
    /// <param name="proposedAt">When.</param>
    /// <param name="confirmedBy">Who wants to confirm, named in the same way.</param>
    /// <param name="now">The verifier's time.</param>
    /// <returns>Null when they may.</returns>
    public static DecisionRefusal? Check(string proposedBy, DateTimeOffset proposedAt, string confirmedBy, DateTimeOffset now)
    {
        if (confirmedBy == proposedBy)
        {
            return new DecisionRefusal(DecisionRefusalCode.SamePerson, "a confirmation by the person who proposed it", "another person of the body", "Have a colleague confirm it with a token of their own.");
        }

        return now <= proposedAt + Window
            ? null
            : new DecisionRefusal(DecisionRefusalCode.ProposalLapsed, "a proposal whose time is over", $"a confirmation within {Window.TotalDays:0} days", "Propose it again.");
    }
}
