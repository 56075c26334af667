namespace IotAttest.Domain.Certificates.Applications;

/// <summary>The words of steps in requests and histories.</summary>
public static class ApplicationWords
{
    /// <summary>The word of a step.</summary>
    public static string Word(this ApplicationStep step) => step == ApplicationStep.IssueProvisional ? "issue-provisional" : step.ToString().ToLowerInvariant();
}
