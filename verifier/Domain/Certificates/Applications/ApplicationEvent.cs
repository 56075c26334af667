namespace IotAttest.Domain.Certificates.Applications;

/// <summary>One step that was taken: a line of a history that is only ever added to.</summary>
/// <param name="At">When.</param>
/// <param name="Step">What.</param>
/// <param name="Status">The status from then on.</param>
/// <param name="By">The organisation.</param>
/// <param name="Reason">Why; for the parties.</param>
public sealed record ApplicationEvent(DateTimeOffset At, ApplicationStep Step, ApplicationStatus Status, string By, string Reason)
{
    /// <summary>The laboratory that evaluates, from <see cref="ApplicationStep.Evaluate"/> on; null for none.</summary>
    public string? Laboratory { get; init; }

    /// <summary>The certificate that was issued; null for other steps.</summary>
    public string? Certificate { get; init; }

    /// <summary>With <see cref="ApplicationStep.Evaluate"/>: everybody may know that the product is in evaluation.</summary>
    public bool IsPublic { get; init; }
}
