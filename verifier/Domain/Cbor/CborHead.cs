using System.Buffers.Binary;
using IotAttest.Protocol;

namespace IotAttest.Domain.Cbor;

/// <summary>The head of one item (RFC 8949 section 3): initial byte and argument.</summary>
internal readonly struct CborHead(byte initial, ulong argument, int length)
{
    internal const int MaxLength = 9;
    private const int IndefiniteInformation = 31;

    internal int Major => initial >> 5;

    internal int Information => initial & 0x1f;

    /// <summary>Value, length in bytes, number of items or pairs, tag number, or the bits of a float.</summary>
    internal ulong Argument => argument;

    /// <summary>Bytes of the head itself: 1, 2, 3, 5 or 9.</summary>
    internal int Length => length;

    internal bool IsIndefinite => Information == IndefiniteInformation;

    /// <summary>Shortest head (RFC 8949 section 4.2.1); a float is short when no shorter one holds the same value (section 4.2.2).</summary>
    internal bool IsShortest => Major == 7 ? CborFloat.IsShortest(Information, argument) : length == LengthFor(argument);

    internal CborKind Kind => Major switch
    {
        7 => Information switch { 20 or 21 => CborKind.Bool, 22 => CborKind.Null, _ => CborKind.Other },
        _ => (CborKind)(Major + 1),
    };

    internal static DecodeStatus TryRead(ReadOnlySpan<byte> input, out CborHead head)
    {
        head = default;
        if (input.IsEmpty)
        {
            return DecodeStatus.Truncated;
        }

        int information = input[0] & 0x1f;
        int length = information switch { < 24 or IndefiniteInformation => 1, 24 => 2, 25 => 3, 26 => 5, 27 => 9, _ => 0 };
        if (length == 0 || input.Length < length)
        {
            return length == 0 ? DecodeStatus.NotWellFormed : DecodeStatus.Truncated;
        }

        head = new CborHead(input[0], ReadArgument(input, information), length);
        return head.IsWellFormed() ? DecodeStatus.Ok : DecodeStatus.NotWellFormed;
    }

    /// <summary>Writes the shortest head and returns its length; the output must have room for <see cref="MaxLength"/> bytes.</summary>
    internal static int Write(Span<byte> output, int major, int argument)
    {
        int length = LengthFor((ulong)argument);
        output[0] = (byte)((major << 5) | length switch { 1 => argument, 2 => 24, 3 => 25, _ => 26 });
        switch (length)
        {
            case 2: output[1] = (byte)argument; break;
            case 3: BinaryPrimitives.WriteUInt16BigEndian(output[1..], (ushort)argument); break;
            case 5: BinaryPrimitives.WriteInt32BigEndian(output[1..], argument); break;
        }

        return length;
    }

    private static int LengthFor(ulong argument) => argument switch
    {
        < 24 => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        <= uint.MaxValue => 5,
        _ => 9,
    };

    private static ulong ReadArgument(ReadOnlySpan<byte> input, int information) => information switch
    {
        24 => input[1],
        25 => BinaryPrimitives.ReadUInt16BigEndian(input[1..]),
        26 => BinaryPrimitives.ReadUInt32BigEndian(input[1..]),
        27 => BinaryPrimitives.ReadUInt64BigEndian(input[1..]),
        _ => (ulong)information,
    };

    // RFC 8949 Appendix F: no indefinite length on major 0, 1, 6; a break never stands alone; two-byte simple values start at 32.
    private bool IsWellFormed() => Information switch
    {
        IndefiniteInformation => Major is not (0 or 1 or 6 or 7),
        24 when Major == 7 => argument >= 32,
        _ => true,
    };
}
