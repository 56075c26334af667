using System.Formats.Cbor;
using System.Text;
using System.Text.Unicode;
using IotAttest.Protocol;

namespace IotAttest.Domain.Cbor;

/// <content>Reads of single items.</content>
public sealed partial class BoundedCborReader
{
    /// <summary>Reads an integer in the range of Int64.</summary>
    /// <returns>The value; 0 after WrongType (not an integer) or OutOfRange (does not fit).</returns>
    public long ReadInt64()
    {
        if (!Begin(out CborHead head))
        {
            return 0;
        }

        if (head.Kind is not (CborKind.UnsignedInteger or CborKind.NegativeInteger) || head.Argument > long.MaxValue)
        {
            Fail(head.Major > 1 ? DecodeStatus.WrongType : DecodeStatus.OutOfRange);
            return 0;
        }

        return Guard(static reader => reader.ReadInt64(), 0);
    }

    /// <summary>Reads an integer and checks that it lies in [min, max].</summary>
    /// <returns>The value; 0 after WrongType or OutOfRange.</returns>
    public long ReadInt64(long min, long max)
    {
        long value = ReadInt64();
        if (Status == DecodeStatus.Ok && (value < min || value > max))
        {
            Fail(DecodeStatus.OutOfRange);
        }

        return Status == DecodeStatus.Ok ? value : 0;
    }

    /// <summary>Reads an unsigned integer, 0 to 2^64 - 1.</summary>
    /// <returns>The value; 0 after WrongType.</returns>
    public ulong ReadUInt64() => Begin(CborKind.UnsignedInteger, out _) ? Guard(static reader => reader.ReadUInt64(), 0UL) : 0;

    /// <summary>Reads a byte string whose length in bytes lies in [min, max].</summary>
    /// <returns>A slice of the input; empty after WrongType, OutOfRange or Truncated.</returns>
    public ReadOnlyMemory<byte> ReadBytes(int min, int max)
    {
        if (!Begin(CborKind.Bytes, out CborHead head) || !CheckLength(head, min, max))
        {
            return default;
        }

        return Guard(static reader => reader.ReadDefiniteLengthByteString(), default);
    }

    /// <summary>Reads UTF-8 text of at most <paramref name="maxBytes"/> encoded bytes.</summary>
    /// <returns>The text; empty after WrongType, OutOfRange, InvalidText or Truncated.</returns>
    public string ReadText(int maxBytes) => Encoding.UTF8.GetString(ReadTextBytes(0, maxBytes).Span);

    /// <summary>Reads text as its UTF-8 bytes, checked to be valid UTF-8, with a length in bytes in [min, max].</summary>
    /// <returns>A slice of the input; empty after WrongType, OutOfRange, InvalidText or Truncated.</returns>
    public ReadOnlyMemory<byte> ReadTextBytes(int min, int max)
    {
        if (!Begin(CborKind.Text, out CborHead head) || !CheckLength(head, min, max))
        {
            return default;
        }

        ReadOnlyMemory<byte> text = Guard(static reader => reader.ReadDefiniteLengthTextStringBytes(), default);
        if (!Utf8.IsValid(text.Span))
        {
            Fail(DecodeStatus.InvalidText);
        }

        return Status == DecodeStatus.Ok ? text : default;
    }

    /// <summary>Reads true or false.</summary>
    /// <returns>The value; false after WrongType.</returns>
    public bool ReadBool() => Begin(CborKind.Bool, out _) && Guard(static reader => reader.ReadBoolean(), false);

    /// <summary>Reads null when it is next.</summary>
    /// <returns>True when null was read; false leaves the item in place.</returns>
    public bool TryReadNull() => Peek() == CborKind.Null && Begin(out _) && Guard(ReadNull, false);

    /// <summary>Reads a tag number; its content is the next read and belongs to the same item.</summary>
    /// <returns>The number; 0 after WrongType. A tag number 0 reads as 0 too, so check <see cref="Status"/>.</returns>
    public ulong ReadTag()
    {
        if (!Begin(CborKind.Tag, out CborHead head))
        {
            return 0;
        }

        PassTag(head);
        return head.Argument;
    }

    /// <summary>Reads the tag <paramref name="expected"/>; another tag, or none, is WrongTag.</summary>
    public void ReadTag(ulong expected)
    {
        if (Status != DecodeStatus.Ok)
        {
            return;
        }

        if (Peek() != CborKind.Tag || ReadTag() != expected)
        {
            Fail(DecodeStatus.WrongTag);
        }
    }

    /// <summary>Reads one item of any kind, checking it as deeply as if its parts were read one by one.</summary>
    public void Skip()
    {
        int outside = _depth;
        bool isTag;
        do
        {
            isTag = SkipStep(outside);
        }
        while (Status == DecodeStatus.Ok && (isTag || _depth > outside));
    }

    /// <summary>Reads one item of any kind and returns its encoded form.</summary>
    /// <returns>A slice of the input; empty after a failure.</returns>
    public ReadOnlyMemory<byte> ReadEncodedItem()
    {
        int start = Position;
        Skip();
        return Status == DecodeStatus.Ok ? _data[start..Position] : default;
    }

    private static bool ReadNull(CborReader reader)
    {
        reader.ReadNull();
        return true;
    }

    private bool SkipStep(int outside)
    {
        if (_depth > outside && _frames[_depth].Remaining == 0)
        {
            Close();
            return false;
        }

        if (!Begin(out CborHead head))
        {
            return false;
        }

        switch (head.Kind)
        {
            case CborKind.Tag: PassTag(head); return true;
            case CborKind.Array: Open(head, isMap: false); return false;
            case CborKind.Map: Open(head, isMap: true); return false;
            case CborKind.Text: ReadTextBytes(0, int.MaxValue); return false;
            default: Guard(SkipScalar, false); return false;
        }
    }

    private void PassTag(CborHead head)
    {
        _reader.ReadTag();
        if (_limits.StrictDeterministic && head.Argument is 2 or 3 && !IsShortestBignum(_data.Span[Position..]))
        {
            Fail(DecodeStatus.NotDeterministic);
        }
    }

    // RFC 8949 section 3.4.3: preferred is no leading zero byte, and a plain integer (major type 0 or 1) for what fits 64 bits.
    private static bool IsShortestBignum(ReadOnlySpan<byte> content) =>
        CborHead.TryRead(content, out CborHead head) != DecodeStatus.Ok
        || head.Kind != CborKind.Bytes
        || (head.Argument > sizeof(ulong) && (content.Length == head.Length || content[head.Length] != 0));

    private static bool SkipScalar(CborReader reader)
    {
        reader.SkipValue();
        return true;
    }

    private bool CheckLength(CborHead head, int min, int max) =>
        (head.Argument >= (ulong)min && head.Argument <= (ulong)max) || Fail(DecodeStatus.OutOfRange) == DecodeStatus.Ok;
}
