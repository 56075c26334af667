namespace IotAttest.Domain.Cases;

/// <summary>Something that happened in a case: a line of a history that is only ever added to.</summary>
/// <param name="At">When.</param>
/// <param name="Step">What.</param>
/// <param name="By">The organisation; empty for the verifier itself.</param>
/// <param name="Person">The person of it; empty for whoever holds the organisation's own token.</param>
public sealed record CaseEvent(DateTimeOffset At, CaseStep Step, string By, string Person)
{
    /// <summary>The reasons that the parties read, and everybody those of a decided appeal.</summary>
    public string RationalePublic { get; init; } = "";

    /// <summary>The reasons that stay with who handles the case.</summary>
    public string RationaleConfidential { get; init; } = "";

    /// <summary>Who disagreed, and why; empty for nobody.</summary>
    public string Dissent { get; init; } = "";

    /// <summary>With <see cref="CaseStep.Assign"/>: who is responsible.</summary>
    public string? Assigned { get; init; }

    /// <summary>The clock that it met; null for none.</summary>
    public string? Clock { get; init; }

    /// <summary>With <see cref="CaseStep.Decide"/>: one of <see cref="CaseOutcomes"/>.</summary>
    public string? Outcome { get; init; }
}
