namespace IotAttest.Domain.Evidence;

/// <summary>What a board read from its chip. An absent fact is unknown, not false.</summary>
/// <param name="SecureBoot">oemboot: secure boot verified the image; null when not reported.</param>
/// <param name="DebugStatus">dbgstat 0 (enabled) to 4 (fully and permanently disabled); null when not reported.</param>
public sealed record BootFacts(bool? SecureBoot, int? DebugStatus)
{
    /// <summary>Nothing reported.</summary>
    public static BootFacts Unknown { get; } = new(null, null);
}
