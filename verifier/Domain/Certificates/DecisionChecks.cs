namespace IotAttest.Domain.Certificates;

/// <summary>The preconditions of decisions, one step each.</summary>
internal static class DecisionChecks
{
    public static DecisionRefusal? CheckStatus(DecisionKind kind, CertificateStanding standing)
    {
        if (Transitions.IsAllowed(kind, standing))
        {
            return null;
        }

        string[] possible = [.. Transitions.Possible(standing).Where(other => other is not (DecisionKind.Supersede or DecisionKind.Stay)).Select(other => other.Word())];
        string status = standing.Status?.ToString().ToLowerInvariant() ?? "not issued";
        return new DecisionRefusal(
            DecisionRefusalCode.WrongStatus,
            $"{kind.Word()} of a certificate that is {status}",
            possible.Length == 0 ? "nothing: this status is final" : string.Join(" or ", possible),
            "Issue a new certificate if the product is covered again.");
    }

    public static DecisionRefusal? CheckReason(ProposedDecision decision) => string.IsNullOrWhiteSpace(decision.Reason)
        ? new DecisionRefusal(DecisionRefusalCode.NoReason, "no reason", "a reason that everybody can read", "Say why.")
        : null;

    public static DecisionRefusal? CheckTerms(ProposedDecision decision, CertificateStanding standing, CertificateRules rules, DateTimeOffset at) => decision.Kind switch
    {
        DecisionKind.Suspend => CheckActions(decision, rules) ?? CheckSuspension(decision, rules, at),
        DecisionKind.Extend => CheckExtension(decision, standing.Suspension!, rules, at),
        DecisionKind.Resume => CheckResumption(decision, standing.Suspension!),
        _ => null,
    };

    /// <summary>The end that a suspension gets; null for other decisions.</summary>
    public static DateTimeOffset? EndOf(ProposedDecision decision, CertificateRules rules, DateTimeOffset at) => decision.Kind switch
    {
        DecisionKind.Suspend => decision.Until ?? at + rules.Suspension,
        DecisionKind.Extend => decision.Until,
        _ => null,
    };

    private static DecisionRefusal? CheckActions(ProposedDecision decision, CertificateRules rules) => rules.IsThirdParty && decision.RequestedActions.IsEmpty
        ? new DecisionRefusal(DecisionRefusalCode.NoActions, "a suspension that asks the holder for nothing", "one or more requested actions", "Say what the holder has to do.")
        : null;

    private static DecisionRefusal? CheckSuspension(ProposedDecision decision, CertificateRules rules, DateTimeOffset at)
    {
        if (decision.Until is not { } until)
        {
            return rules.IsThirdParty ? End("no end", Limit(rules.Suspension)) : null;
        }

        return until <= at ? End("an end that is past", "an end in the future") : until > at + rules.Suspension ? End("an end beyond the scheme's limit", Limit(rules.Suspension)) : null;
    }

    private static DecisionRefusal? CheckExtension(ProposedDecision decision, Suspension suspension, CertificateRules rules, DateTimeOffset at)
    {
        if (decision.Until is not { } until)
        {
            return End("no new end", "the new end");
        }

        if (until <= at || until <= suspension.Until)
        {
            return End("an end that is past, or not later than the one that stands", "a later end in the future");
        }

        return until > suspension.Since + rules.LongestSuspension ? End("an end beyond the scheme's limit for extensions", Limit(rules.LongestSuspension)) : null;
    }

    private static DecisionRefusal? CheckResumption(ProposedDecision decision, Suspension suspension) => suspension.RequestedActions.IsEmpty || decision.AreActionsVerified
        ? null
        : new DecisionRefusal(DecisionRefusalCode.ActionsNotVerified, "requested actions that nobody verified", "the body's word that they were done", "Check what was requested, then resume with actionsVerified: true (certify resume --actions-verified).");

    private static DecisionRefusal End(string seen, string expected) =>
        new(DecisionRefusalCode.EndNotAllowed, seen, expected, "Give another end of the suspension.");

    private static string Limit(TimeSpan limit) => $"an end at most {limit.TotalDays:0} days after the suspension began";
}
