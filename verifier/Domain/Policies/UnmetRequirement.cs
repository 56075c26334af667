using IotAttest.Domain.Appraisal;

namespace IotAttest.Domain.Policies;

/// <summary>Why a certificate in force does not count for a board.</summary>
/// <param name="Step">Which requirement fails.</param>
/// <param name="Arguments">Certificate, policy, and what was asked for and seen.</param>
internal sealed record UnmetRequirement(StepCode Step, string[] Arguments);
