namespace IotAttest.Domain.Crosswalk;

/// <summary>A document that holds requirements.</summary>
/// <param name="Id">a-z, 0-9 and hyphen.</param>
/// <param name="Title">Its name.</param>
/// <param name="Edition">The edition that the ids belong to.</param>
/// <param name="IsFictitious">Made up for demonstrations.</param>
/// <param name="Note">What is uncertain or left out.</param>
public sealed record RequirementSource(string Id, string Title, string Edition, bool IsFictitious, string Note);
