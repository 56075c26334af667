using IotAttest.Protocol;

namespace IotAttest.Domain.Cbor;

/// <summary>Order of map keys: bytewise lexicographic over their encoded form (RFC 8949 section 4.2.1), not the length-first
/// order of RFC 7049 that .NET calls canonical.</summary>
internal static class CborKeyOrder
{
    /// <summary>Compares two encoded keys; keys that differ only in the length of their own head are the same key.</summary>
    internal static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (CborHead.TryRead(left, out CborHead leftHead) != DecodeStatus.Ok || CborHead.TryRead(right, out CborHead rightHead) != DecodeStatus.Ok)
        {
            return left.SequenceCompareTo(right);
        }

        int byMajor = leftHead.Major.CompareTo(rightHead.Major);
        int byArgument = byMajor != 0 ? byMajor : leftHead.Argument.CompareTo(rightHead.Argument);
        return byArgument != 0 ? byArgument : CompareTails(leftHead, left, rightHead, right);
    }

    // Floats of different width share argument values without being equal, so major type 7 also compares its width.
    private static int CompareTails(CborHead leftHead, ReadOnlySpan<byte> left, CborHead rightHead, ReadOnlySpan<byte> right)
    {
        int byWidth = leftHead.Major == 7 ? leftHead.Length.CompareTo(rightHead.Length) : 0;
        return byWidth != 0 ? byWidth : left[leftHead.Length..].SequenceCompareTo(right[rightHead.Length..]);
    }
}
