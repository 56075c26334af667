namespace IotAttest.Domain.Advisories;

/// <summary>A statement about a build and the advisory that makes it.</summary>
/// <param name="Advisory">Id of the advisory here.</param>
/// <param name="Statement">The statement and how it was matched.</param>
public sealed record AdvisoryMatch(string Advisory, StatementMatch Statement);
