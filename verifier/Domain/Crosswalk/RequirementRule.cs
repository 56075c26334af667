using System.Collections.Immutable;
using IotAttest.Domain.Appraisal;

namespace IotAttest.Domain.Crosswalk;

/// <summary>A check of this verifier that says something about requirements.</summary>
/// <param name="Id">How requirements name it.</param>
/// <param name="What">What is looked at, in plain words.</param>
/// <param name="Drift">How a verdict shows that it failed; empty where no verdict does.</param>
public sealed record RequirementRule(string Id, string What, ImmutableArray<Drift> Drift);
