namespace IotAttest.Domain.Certificates.Applications;

/// <summary>The whole table of transitions of applications.</summary>
public static class ApplicationTransitions
{
    private static readonly (ApplicationStep Step, ApplicationStatus[] From, ApplicationStatus To)[] Table =
    [
        (ApplicationStep.Apply, [], ApplicationStatus.Applied),
        (ApplicationStep.Evaluate, [ApplicationStatus.Applied], ApplicationStatus.UnderEvaluation),
        (ApplicationStep.IssueProvisional, [ApplicationStatus.UnderEvaluation], ApplicationStatus.Provisional),
        (ApplicationStep.Certify, [ApplicationStatus.UnderEvaluation, ApplicationStatus.Provisional], ApplicationStatus.Certified),
        (ApplicationStep.Refuse, [ApplicationStatus.UnderEvaluation, ApplicationStatus.Provisional], ApplicationStatus.Refused),
    ];

    /// <summary>The status that a step leads to.</summary>
    public static ApplicationStatus After(ApplicationStep step) => Row(step).To;

    /// <summary>True when the step can be taken from there.</summary>
    public static bool IsAllowed(ApplicationStep step, ApplicationStatus status) => Row(step).From.Contains(status);

    /// <summary>What can be done with an application that stands so; nothing when its status is final.</summary>
    public static IEnumerable<ApplicationStep> Possible(ApplicationStatus status) => Table.Where(row => row.From.Contains(status)).Select(row => row.Step);

    private static (ApplicationStep Step, ApplicationStatus[] From, ApplicationStatus To) Row(ApplicationStep step) => Table.First(row => row.Step == step);
}
