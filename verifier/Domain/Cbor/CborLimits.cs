namespace IotAttest.Domain.Cbor;

/// <summary>Bounds of one CBOR input.</summary>
/// <param name="MaxBytes">Longest input in bytes; one more is TooLarge.</param>
/// <param name="MaxDepth">Most maps and arrays open at once, 1 or more; one more is TooDeep.</param>
/// <param name="StrictDeterministic">True: core deterministic encoding (RFC 8949 section 4.2.1) is required. False: long heads and
/// any key order pass; indefinite lengths and duplicate keys are refused in both.</param>
public sealed record CborLimits(int MaxBytes, int MaxDepth, bool StrictDeterministic);
