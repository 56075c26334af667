using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Corim.Documents;

/// <summary>Reads documents of the draft: keys in any order, sticky errors, and a budget that all nested documents share, so that a small
/// file cannot become many objects.</summary>
internal sealed class DocumentCursor
{
    /// <summary>Most entries of maps and arrays in one document, nested tags included.</summary>
    internal const int MaxEntries = 16_384;

    internal const int MaxTextBytes = 1024;

    private static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private readonly int[] _left;

    internal DocumentCursor(ReadOnlyMemory<byte> data)
        : this(data, [MaxEntries])
    {
    }

    private DocumentCursor(ReadOnlyMemory<byte> data, int[] left)
    {
        Reader = new BoundedCborReader(data, new CborLimits(CorimProfile.MaxFileBytes, CorimProfile.MaxDepth, StrictDeterministic: false));
        _left = left;
    }

    internal BoundedCborReader Reader { get; }

    internal bool IsOk => Reader.Status == DecodeStatus.Ok;

    internal void Fail(DecodeStatus status) => Reader.Fail(status);

    /// <summary>Reads a document inside this one; its failure becomes this one's.</summary>
    internal T Nested<T>(ReadOnlyMemory<byte> content, Func<DocumentCursor, T> read)
    {
        DocumentCursor nested = new(content, _left);
        T value = read(nested);
        if (nested.Reader.Finish() is not DecodeStatus.Ok and var status)
        {
            Fail(status);
        }

        return value;
    }

    /// <summary>Reads a map with integer keys; the callback reads the value of each.</summary>
    /// <returns>The number of entries.</returns>
    internal int Fields(Action<long> readValue)
    {
        int count = Spend(Reader.ReadMapStart(MaxEntries));
        for (int i = 0; i < count && IsOk; i++)
        {
            readValue(Reader.ReadInt64());
        }

        Reader.EndMap();
        return count;
    }

    internal List<T> List<T>(int min, Func<DocumentCursor, T> readItem)
    {
        int count = Spend(Reader.ReadArrayStart(min, MaxEntries));
        List<T> items = [];
        for (int i = 0; i < count && IsOk; i++)
        {
            items.Add(readItem(this));
        }

        Reader.EndArray();
        return items;
    }

    /// <summary>Opens an array of min to max items; the caller reads them and calls <see cref="BoundedCborReader.EndArray"/>.</summary>
    internal int Open(int min, int max) => Spend(Reader.ReadArrayStart(min, max));

    /// <summary>Opens a map with keys of any kind.</summary>
    internal int OpenMap() => Spend(Reader.ReadMapStart(MaxEntries));

    internal string Text(int maxBytes = MaxTextBytes) => Reader.ReadText(maxBytes);

    internal ulong Unsigned() => Reader.ReadUInt64();

    internal string Hex(int min, int max) => Convert.ToHexStringLower(Reader.ReadBytes(min, max).Span);

    internal string Encoded() => Convert.ToHexStringLower(Reader.ReadEncodedItem().Span);

    internal DateTimeOffset Time()
    {
        Reader.ReadTag(CorimProfile.TimeTag);
        return DateTimeOffset.FromUnixTimeSeconds(Reader.ReadInt64(0, MaxSeconds));
    }

    private int Spend(int count)
    {
        _left[0] -= count;
        if (_left[0] >= 0)
        {
            return count;
        }

        Fail(DecodeStatus.OutOfRange);
        return 0;
    }
}
