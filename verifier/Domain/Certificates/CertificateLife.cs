using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Certificates;

/// <summary>The life of one certificate: its validity and every decision about it. Immutable; a decision makes a longer history.</summary>
/// <remarks>Nothing is ever edited or removed, and nothing leads back from Withdrawn, Revoked or Expired: a product that is
/// covered again gets a new certificate.</remarks>
public sealed class CertificateLife
{
    /// <param name="rules">What its scheme and level demand.</param>
    /// <param name="validFrom">First moment of validity.</param>
    /// <param name="validUntil">Last moment of validity; no decision moves it.</param>
    /// <param name="history">All decisions, oldest first; the first one is <see cref="DecisionKind.Issue"/> or <see cref="DecisionKind.IssueProvisional"/>.</param>
    /// <exception cref="ArgumentException">The history does not begin with the issue.</exception>
    public CertificateLife(CertificateRules rules, DateTimeOffset validFrom, DateTimeOffset validUntil, ImmutableArray<CertificateEvent> history)
    {
        if (history is not [var first, ..] || !first.Kind.IsIssue())
        {
            throw new ArgumentException("A history begins with the issue.", nameof(history));
        }

        Rules = rules;
        ValidFrom = validFrom;
        ValidUntil = validUntil;
        History = history;
    }

    /// <summary>What its scheme and level demand.</summary>
    public CertificateRules Rules { get; }

    /// <summary>First moment of validity.</summary>
    public DateTimeOffset ValidFrom { get; }

    /// <summary>Last moment of validity.</summary>
    public DateTimeOffset ValidUntil { get; }

    /// <summary>All decisions, oldest first.</summary>
    public ImmutableArray<CertificateEvent> History { get; }

    /// <summary>How it stands at a moment, also a past one: only what was decided by then counts.</summary>
    public CertificateStanding At(DateTimeOffset at)
    {
        int count = History.TakeWhile(decision => decision.At <= at).Count();
        if (count == 0)
        {
            return CertificateStanding.NotIssued;
        }

        CertificateEvent last = History[count - 1];
        if (last.Status is CertificateStatus.Certified or CertificateStatus.Suspended or CertificateStatus.Provisional && at > ValidUntil)
        {
            return new CertificateStanding(CertificateStatus.Expired, false, ValidUntil, null, null);
        }

        Suspension? suspension = last.Status == CertificateStatus.Suspended ? SuspensionAt(count) : null;
        return new CertificateStanding(last.Status, IsInForce(last, at), suspension?.Since ?? last.At, suspension, last.SupersededBy);
    }

    /// <summary>When a superseded certificate stops counting; null while it is not superseded. A provisional one never counted, and gets no grace.</summary>
    public DateTimeOffset? CountsUntil => History[^1] is { Status: CertificateStatus.Superseded } last ? Earlier(ValidUntil, last.At + Grace) : null;

    /// <summary>True for a certificate that was issued while the evaluation went on.</summary>
    public bool IsProvisional => History[0].Kind == DecisionKind.IssueProvisional;

    /// <summary>Takes a decision.</summary>
    /// <param name="decision">What is asked for.</param>
    /// <param name="body">The certification body that decides.</param>
    /// <param name="isConfirmed">A second person of the body confirmed it.</param>
    /// <param name="now">The verifier's time.</param>
    /// <param name="next">The life with the decision at the end of its history, or null.</param>
    /// <param name="refusal">Why not, or null.</param>
    public bool TryDecide(
        ProposedDecision decision,
        string body,
        bool isConfirmed,
        DateTimeOffset now,
        [NotNullWhen(true)] out CertificateLife? next,
        [NotNullWhen(false)] out DecisionRefusal? refusal)
    {
        // A clock that was set back must not put a decision in front of an earlier one.
        DateTimeOffset at = Later(now, History[^1].At);
        CertificateStanding standing = At(at);
        refusal = Check(decision, standing, at)
            ?? (SecondPerson.IsNeeded(decision.Kind, Rules) && !isConfirmed ? NeedsSecondPerson(decision.Kind) : null);
        next = refusal is null ? With(decision, body, isConfirmed, at) : null;
        return next is not null;
    }

    /// <summary>What stands against a decision now, whoever takes it; null when nothing does. Checked before it is proposed and again when it is confirmed.</summary>
    public DecisionRefusal? Check(ProposedDecision decision, DateTimeOffset now)
    {
        DateTimeOffset at = Later(now, History[^1].At);
        return Check(decision, At(at), at);
    }

    private TimeSpan Grace => IsProvisional ? -TimeSpan.FromMilliseconds(1) : Rules.SupersededGrace;

    private DecisionRefusal? Check(ProposedDecision decision, CertificateStanding standing, DateTimeOffset at) =>
        DecisionChecks.CheckStatus(decision.Kind, standing)
        ?? DecisionChecks.CheckReason(decision)
        ?? DecisionChecks.CheckTerms(decision, standing, Rules, at);

    private CertificateLife With(ProposedDecision decision, string body, bool isConfirmed, DateTimeOffset at)
    {
        CertificateEvent added = new(at, decision.Kind, Transitions.After(decision.Kind), body, decision.Reason)
        {
            Until = DecisionChecks.EndOf(decision, Rules, at),
            RequestedActions = decision.RequestedActions,
            IsConfirmed = isConfirmed,
            SupersededBy = decision.SupersededBy,
        };
        return new CertificateLife(Rules, ValidFrom, ValidUntil, History.Add(added));
    }

    private Suspension SuspensionAt(int count)
    {
        ReadOnlySpan<CertificateEvent> past = History.AsSpan(0, count);
        CertificateEvent last = past[^1];
        int start = count - 1;
        while (past[start].Kind == DecisionKind.Extend)
        {
            start--;
        }

        // An extension may ask for more; what was asked before stays asked.
        ImmutableArray<string> actions = [.. History[start..count].SelectMany(decision => decision.RequestedActions).Distinct()];
        return new Suspension(past[start].At, last.Until ?? last.At + Rules.Suspension, actions);
    }

    private bool IsInForce(CertificateEvent last, DateTimeOffset at) => at >= ValidFrom && last.Status switch
    {
        CertificateStatus.Certified => at <= ValidUntil,
        CertificateStatus.Superseded => !IsProvisional && at <= Earlier(ValidUntil, last.At + Rules.SupersededGrace),
        _ => false,
    };

    private static DecisionRefusal NeedsSecondPerson(DecisionKind kind) =>
        new(DecisionRefusalCode.NeedsSecondPerson, $"{kind.Word()} by one person", "two persons of the body", "Propose it, and have a colleague confirm it.");

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
