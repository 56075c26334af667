namespace IotAttest.Domain.Cbor;

/// <summary>Preferred serialization of floating-point numbers (RFC 8949 sections 4.1 and 4.2.2).</summary>
internal static class CborFloat
{
    private const ulong SingleBitsBeyondHalf = (1UL << 13) - 1;
    private const ulong DoubleBitsBeyondSingle = (1UL << 29) - 1;

    /// <summary>True for simple values, and for a float that no shorter form holds with all its bits, those of a NaN too.</summary>
    internal static bool IsShortest(int information, ulong bits) => information switch
    {
        26 => IsShortest(BitConverter.UInt32BitsToSingle((uint)bits), bits),
        27 => IsShortest(BitConverter.UInt64BitsToDouble(bits), bits),
        _ => true,
    };

    // A NaN is unequal to itself, so its bits decide; for numbers comparing is enough, as the sign of zero survives.
    private static bool IsShortest(float value, ulong bits) =>
        float.IsNaN(value) ? (bits & SingleBitsBeyondHalf) != 0 : (float)(Half)value != value;

    private static bool IsShortest(double value, ulong bits) =>
        double.IsNaN(value) ? (bits & DoubleBitsBeyondSingle) != 0 : (float)value != value;
}
