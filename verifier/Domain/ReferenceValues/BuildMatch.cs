using IotAttest.Domain.Appraisal;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>What comparing a measured set with the reference values gave.</summary>
/// <param name="Build">The build whose set is equal, or null.</param>
/// <param name="Drift">Why no build of the class is equal; None when one is.</param>
/// <param name="HasReference">False when the manufacturer submitted no manifest for the class.</param>
public sealed record BuildMatch(ReferenceBuild? Build, Drift Drift, bool HasReference);
