using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Domain.Certificates.Applications;

/// <summary>The way of one application from filing to certificate or refusal. Immutable; a step makes a longer history.</summary>
public sealed class ApplicationLife
{
    /// <param name="rules">What its scheme and level demand.</param>
    /// <param name="history">All steps, oldest first; the first one is <see cref="ApplicationStep.Apply"/>.</param>
    /// <exception cref="ArgumentException">The history does not begin with the filing.</exception>
    public ApplicationLife(ApplicationRules rules, ImmutableArray<ApplicationEvent> history)
    {
        if (history is not [{ Step: ApplicationStep.Apply }, ..])
        {
            throw new ArgumentException("A history begins with the filing.", nameof(history));
        }

        Rules = rules;
        History = history;
    }

    /// <summary>What its scheme and level demand.</summary>
    public ApplicationRules Rules { get; }

    /// <summary>All steps, oldest first.</summary>
    public ImmutableArray<ApplicationEvent> History { get; }

    /// <summary>Where it stands.</summary>
    public ApplicationStatus Status => History[^1].Status;

    /// <summary>The laboratory that evaluates; null for none.</summary>
    public string? Laboratory => History.LastOrDefault(taken => taken.Laboratory is not null)?.Laboratory;

    /// <summary>The provisional certificate; null when none was issued.</summary>
    public string? ProvisionalCertificate => History.LastOrDefault(taken => taken.Step == ApplicationStep.IssueProvisional)?.Certificate;

    /// <summary>The certificate; null until it is issued.</summary>
    public string? Certificate => History.LastOrDefault(taken => taken.Step == ApplicationStep.Certify)?.Certificate;

    /// <summary>True while everybody may know that the product is in evaluation.</summary>
    public bool IsPublic => Status is ApplicationStatus.UnderEvaluation or ApplicationStatus.Provisional && History.Any(taken => taken.IsPublic);

    /// <summary>Takes a step.</summary>
    /// <param name="step">What is asked for.</param>
    /// <param name="by">The organisation.</param>
    /// <param name="now">The verifier's time.</param>
    /// <param name="next">The life with the step at the end of its history, or null.</param>
    /// <param name="refusal">Why not, or null.</param>
    public bool TryTake(ProposedStep step, string by, DateTimeOffset now, [NotNullWhen(true)] out ApplicationLife? next, [NotNullWhen(false)] out DecisionRefusal? refusal)
    {
        // A clock that was set back must not put a step in front of an earlier one.
        DateTimeOffset at = now > History[^1].At ? now : History[^1].At;
        refusal = ApplicationChecks.CheckStatus(step.Step, Status) ?? ApplicationChecks.CheckTerms(step, Rules, at);
        next = refusal is null ? With(step, by, at) : null;
        return next is not null;
    }

    private ApplicationLife With(ProposedStep step, string by, DateTimeOffset at) => new(
        Rules,
        History.Add(new ApplicationEvent(at, step.Step, ApplicationTransitions.After(step.Step), by, step.Reason)
        {
            Laboratory = step.Step == ApplicationStep.Evaluate ? step.Laboratory : null,
            Certificate = step.Certificate,
            IsPublic = step.IsPublic,
        }));
}
