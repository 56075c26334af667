namespace IotAttest.Domain.Advisories;

/// <summary>How many boards ran what at the end of a day, or now.</summary>
/// <param name="At">The day, as its first moment; the last point is now.</param>
/// <param name="Fixed">Boards on a build that is fixed or not affected.</param>
/// <param name="Affected">Boards on an affected build.</param>
/// <param name="Other">Boards on another build.</param>
public sealed record AdoptionPoint(DateTimeOffset At, int Fixed, int Affected, int Other)
{
    /// <summary>Boards in all.</summary>
    public int Boards => Fixed + Affected + Other;
}
