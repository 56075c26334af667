using System.Collections.Immutable;
using IotAttest.Domain.Devices;

namespace IotAttest.Domain.Policies;

/// <summary>The words of policy documents. They are taken as they stand: another spelling is refused, never guessed (lessons.md section 2, 12).</summary>
public static class PolicyWords
{
    /// <summary>What <c>requiredBootFacts</c> may name.</summary>
    public static ImmutableArray<(string Word, BootRequirements Value)> BootFacts { get; } = [("secureBoot", BootRequirements.SecureBoot), ("debugDisabled", BootRequirements.DebugDisabled)];

    /// <summary>What <c>allowedAlgorithms</c> may name.</summary>
    public static ImmutableArray<(string Word, EvidenceAlgorithms Value)> Algorithms { get; } = [("HMAC256", EvidenceAlgorithms.Hmac256), ("ES256", EvidenceAlgorithms.Es256)];

    /// <summary>The words of the facts that are set.</summary>
    public static string[] Words(this BootRequirements facts) => [.. BootFacts.Where(entry => facts.HasFlag(entry.Value)).Select(entry => entry.Word)];

    /// <summary>The words of the algorithms that are set.</summary>
    public static string[] Words(this EvidenceAlgorithms algorithms) => [.. Algorithms.Where(entry => algorithms.HasFlag(entry.Value)).Select(entry => entry.Word)];

    /// <summary>The algorithm that a kind of key fixes.</summary>
    public static EvidenceAlgorithms Algorithm(this DeviceKeyKind kind) => kind == DeviceKeyKind.Hmac ? EvidenceAlgorithms.Hmac256 : EvidenceAlgorithms.Es256;
}
