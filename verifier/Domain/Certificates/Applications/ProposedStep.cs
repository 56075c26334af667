namespace IotAttest.Domain.Certificates.Applications;

/// <summary>What somebody wants to do with an application, before it is checked.</summary>
/// <param name="Step">The step.</param>
/// <param name="Reason">Why; needed to refuse.</param>
public sealed record ProposedStep(ApplicationStep Step, string Reason)
{
    /// <summary>With <see cref="ApplicationStep.Evaluate"/>: the laboratory, or null for none.</summary>
    public string? Laboratory { get; init; }

    /// <summary>The laboratory's accreditation as it is known now; null for none.</summary>
    public Accreditation? Accreditation { get; init; }

    /// <summary>With <see cref="ApplicationStep.Evaluate"/>: everybody may know.</summary>
    public bool IsPublic { get; init; }

    /// <summary>With the two steps that issue: the certificate.</summary>
    public string? Certificate { get; init; }

    /// <summary>With the two steps that issue: its end of validity.</summary>
    public DateTimeOffset ValidUntil { get; init; }

    /// <summary>With the two steps that issue: a second person of the body confirmed it.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>A provisional certificate of this application still stands, and what is proposed does not take its place.</summary>
    public bool LeavesProvisional { get; init; }
}
