namespace IotAttest.Domain.Cases;

/// <summary>A clock of a case.</summary>
/// <param name="Name">What is due.</param>
/// <param name="DueAt">Last moment to meet it.</param>
/// <param name="MetAt">When it was met; null while it runs.</param>
public sealed record CaseClock(string Name, DateTimeOffset DueAt, DateTimeOffset? MetAt)
{
    /// <summary>True when it was met too late, or is not met and its time is over.</summary>
    public bool IsOverdue(DateTimeOffset now) => (MetAt ?? now) > DueAt;
}
