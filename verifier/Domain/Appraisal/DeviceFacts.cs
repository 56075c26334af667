using System.Collections.Immutable;
using IotAttest.Domain.Evidence;

namespace IotAttest.Domain.Appraisal;

/// <summary>What the last accepted evidence and people said about a board; the verdict is computed from this, never stored alone.</summary>
/// <param name="AsOf">Time of the challenge or marker of the last accepted evidence; null before the first.</param>
/// <param name="Measured">The last measured set; null before the first.</param>
/// <param name="BootFacts">The last boot facts.</param>
/// <param name="HasIdentityConflict">True until a person clears it.</param>
/// <param name="HasClaimMismatch">The last evidence carried class, oemid or components that enrolment rules out.</param>
/// <param name="UnknownSets">Hashes of measured sets that no manifest covered when they were seen; a cause stays until one does.</param>
/// <param name="HighestSecurityVersion">Highest security version of a matched build since enrolment, clear or rekey.</param>
/// <param name="LastBuild">Id of the build matched last; what expected digests are shown from when nothing matches.</param>
/// <param name="IsDecommissioned">Out of service for ever.</param>
public sealed record DeviceFacts(
    DateTimeOffset? AsOf,
    MeasuredSet? Measured,
    BootFacts BootFacts,
    bool HasIdentityConflict,
    bool HasClaimMismatch,
    ImmutableArray<string> UnknownSets,
    ulong HighestSecurityVersion,
    string? LastBuild,
    bool IsDecommissioned)
{
    /// <summary>A board that was enrolled and never heard.</summary>
    public static DeviceFacts New { get; } = new(null, null, BootFacts.Unknown, false, false, [], 0, null, false);
}
