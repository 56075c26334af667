namespace IotAttest.Domain.Advisories;

/// <summary>A board attests another build from now on.</summary>
/// <param name="Board">Which board.</param>
/// <param name="At">Since when.</param>
/// <param name="Group">What it runs; null for a board that leaves the fleet.</param>
public readonly record struct AdoptionChange(long Board, DateTimeOffset At, AdoptionGroup? Group);
