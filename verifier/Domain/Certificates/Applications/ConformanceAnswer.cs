namespace IotAttest.Domain.Certificates.Applications;

/// <summary>What a manufacturer says of one requirement: a row of its implementation conformance statement.</summary>
/// <param name="Requirement">Key of the crosswalk (source/ref).</param>
/// <param name="Claim">What it claims.</param>
/// <param name="Note">How it is met, or why not; needed for every claim but <see cref="ConformanceClaim.Yes"/>.</param>
public sealed record ConformanceAnswer(string Requirement, ConformanceClaim Claim, string Note);
