namespace IotAttest.Domain.Advisories;

/// <summary>How a product of an advisory was found in a build.</summary>
/// <param name="Certainty">Yes, or that it needs a person; never No.</param>
/// <param name="Level">How close it comes.</param>
/// <param name="Component">The component, where it was found by one; else empty.</param>
/// <param name="Why">For people, without the name of the component.</param>
public sealed record ProductMatch(Certainty Certainty, MatchLevel Level, string Component, string Why);
