namespace IotAttest.Domain.Certificates.Applications;

/// <summary>The preconditions of steps, one each.</summary>
internal static class ApplicationChecks
{
    public static DecisionRefusal? CheckStatus(ApplicationStep step, ApplicationStatus status)
    {
        if (ApplicationTransitions.IsAllowed(step, status))
        {
            return null;
        }

        string possible = string.Join(" or ", ApplicationTransitions.Possible(status).Select(other => other.Word()));
        return new DecisionRefusal(
            DecisionRefusalCode.WrongStatus,
            $"{step.Word()} of an application that is {status}",
            possible.Length == 0 ? "nothing: this status is final" : possible,
            "Look at the application; a final one is followed by a new application.");
    }

    public static DecisionRefusal? CheckTerms(ProposedStep step, ApplicationRules rules, DateTimeOffset at) => step.Step switch
    {
        ApplicationStep.Evaluate => CheckLaboratory(step, rules, at),
        ApplicationStep.IssueProvisional => CheckProvisional(step, rules, at) ?? CheckPersons(step, rules),
        ApplicationStep.Certify => CheckValidity(step, rules, at) ?? CheckProvisionalGone(step) ?? CheckPersons(step, rules),
        ApplicationStep.Refuse => CheckReason(step) ?? CheckProvisionalGone(step),
        _ => null,
    };

    private static DecisionRefusal? CheckLaboratory(ProposedStep step, ApplicationRules rules, DateTimeOffset at)
    {
        if (step.Laboratory is null)
        {
            return rules.IsThirdParty ? Laboratory("no laboratory", rules) : null;
        }

        // Named though the level needs none: then it must be one all the same.
        return step.Accreditation?.Covers(rules.Scheme, at) == true ? null : Laboratory($"laboratory {step.Laboratory}, whose accreditation is over or does not cover {rules.Scheme}", rules);
    }

    private static DecisionRefusal? CheckProvisional(ProposedStep step, ApplicationRules rules, DateTimeOffset at)
    {
        if (rules.Provisional is not { } longest)
        {
            return new DecisionRefusal(DecisionRefusalCode.ProvisionalNotAllowed, $"a provisional certificate under {rules.Scheme}", "a scheme that has them (GET /v1/schemes)", "Finish the evaluation, then issue the certificate.");
        }

        return step.ValidUntil <= at + longest ? null : TooLong($"at most {longest.TotalDays:0} days for a provisional certificate");
    }

    private static DecisionRefusal? CheckValidity(ProposedStep step, ApplicationRules rules, DateTimeOffset at) =>
        rules.LongestMonths is { } months && step.ValidUntil > at.AddMonths(months) ? TooLong($"an end within {months} months of the issue") : null;

    private static DecisionRefusal? CheckProvisionalGone(ProposedStep step) => step.LeavesProvisional
        ? new DecisionRefusal(
            DecisionRefusalCode.ProvisionalStands,
            $"{step.Step.Word()} while a provisional certificate stands",
            step.Step == ApplicationStep.Certify ? "a certificate that supersedes the provisional one" : "a provisional certificate that was withdrawn or has expired",
            step.Step == ApplicationStep.Certify ? "Issue it again with --supersedes." : "Withdraw the provisional certificate first.")
        : null;

    private static DecisionRefusal? CheckReason(ProposedStep step) => string.IsNullOrWhiteSpace(step.Reason)
        ? new DecisionRefusal(DecisionRefusalCode.NoReason, "no reason", "a reason for the applicant", "Say why.")
        : null;

    private static DecisionRefusal? CheckPersons(ProposedStep step, ApplicationRules rules) => rules.IsThirdParty && !step.IsConfirmed
        ? new DecisionRefusal(DecisionRefusalCode.NeedsSecondPerson, $"{step.Step.Word()} by one person", "two persons of the body", "Propose it, and have a colleague confirm it.")
        : null;

    private static DecisionRefusal Laboratory(string seen, ApplicationRules rules) =>
        new(DecisionRefusalCode.LaboratoryNotAccredited, seen, $"a laboratory that is accredited today for {rules.Scheme} (GET /v1/laboratories)", "Name another laboratory.");

    private static DecisionRefusal TooLong(string expected) =>
        new(DecisionRefusalCode.ValidityTooLong, "an end of validity beyond the scheme's limit", expected, "Issue the certificate again with an earlier end.");
}
