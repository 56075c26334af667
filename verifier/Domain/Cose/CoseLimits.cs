using IotAttest.Domain.Cbor;

namespace IotAttest.Domain.Cose;

/// <summary>Bounds of one COSE message.</summary>
/// <param name="MaxBytes">Longest message in bytes; one more is TooLarge.</param>
/// <param name="MaxDepth">Most maps and arrays open at once within a header map.</param>
/// <param name="StrictDeterministic">True: message and headers must be core deterministic (RFC 8949 section 4.2.1).</param>
public sealed record CoseLimits(int MaxBytes, int MaxDepth, bool StrictDeterministic)
{
    /// <summary>Most labels in one header map; one more is OutOfRange.</summary>
    public const int MaxLabels = 32;

    /// <summary>Messages of other implementations: 1 MiB, depth 16, keys in any order.</summary>
    public static CoseLimits Tolerant { get; } = new(1 << 20, 16, StrictDeterministic: false);

    internal CborLimits Cbor => new(MaxBytes, MaxDepth, StrictDeterministic);
}
