using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Corim;

/// <summary>Reads a document of the profile item by item and remembers where the first thing was wrong.</summary>
internal sealed class CorimCursor(ReadOnlyMemory<byte> data, string path)
{
    private const int UuidBytes = 16;
    private static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private readonly BoundedCborReader _reader = new(data, new CborLimits(CorimProfile.MaxFileBytes, CorimProfile.MaxDepth, StrictDeterministic: true));
    private string _path = path;
    private long? _pendingKey;

    /// <summary>The first failure, or null.</summary>
    internal CorimError? Error { get; private set; }

    /// <summary>Names the place of the reads that follow.</summary>
    internal CorimCursor At(string place)
    {
        _path = place;
        return this;
    }

    internal void Fail(DecodeStatus status, string seen, string expected)
    {
        Error ??= new CorimError(status, _path, seen, expected);
        _reader.Fail(status);
    }

    internal int Map(int min, int max)
    {
        int count = Checked(_reader.ReadMapStart(int.MaxValue / 2), "a map");
        CheckCount(count, min, max);
        return count;
    }

    internal int Array(int min, int max)
    {
        int count = Checked(_reader.ReadArrayStart(0, int.MaxValue), "an array");
        CheckCount(count, min, max);
        return count;
    }

    /// <summary>True when the next key of the open map is <paramref name="key"/>, which is then read.</summary>
    internal bool HasKey(long key)
    {
        if (_pendingKey is null && _reader.Peek() is not CborKind.End)
        {
            _pendingKey = Checked(_reader.ReadInt64(), "an integer key");
        }

        bool isIt = Error is null && _pendingKey == key;
        _pendingKey = isIt ? null : _pendingKey;
        return isIt;
    }

    internal void Key(long key)
    {
        if (!HasKey(key))
        {
            Fail(DecodeStatus.Missing, _pendingKey is { } other ? $"key {other}" : "the end of the map", $"key {key}");
        }
    }

    internal void EndMap()
    {
        long? extra = _pendingKey ?? (_reader.Peek() == CborKind.End ? null : Checked(_reader.ReadInt64(), "an integer key"));
        if (extra is not null)
        {
            Fail(DecodeStatus.NotAllowed, $"key {extra}", "no further key");
        }

        _reader.EndMap();
        Checked(0, "the end of the map");
    }

    internal void EndArray()
    {
        _reader.EndArray();
        Checked(0, "the end of the array");
    }

    internal void Tag(ulong tag)
    {
        _reader.ReadTag(tag);
        Checked(0, $"tag {tag}");
    }

    internal ReadOnlyMemory<byte> Bytes() => Checked(_reader.ReadBytes(0, CorimProfile.MaxFileBytes), "a byte string");

    internal string Text() => Checked(_reader.ReadText(CorimProfile.MaxTextBytes), $"text of at most {CorimProfile.MaxTextBytes} bytes");

    internal ulong UInt64() => Checked(_reader.ReadUInt64(), "an unsigned integer");

    internal uint UInt32() => (uint)Checked(_reader.ReadInt64(0, uint.MaxValue), "an unsigned 32-bit integer");

    internal void Int(long expected) => Checked(_reader.ReadInt64(expected, expected), $"the number {expected}");

    internal Guid Uuid()
    {
        ReadOnlyMemory<byte> bytes = Checked(_reader.ReadBytes(UuidBytes, UuidBytes), "a UUID of 16 bytes");
        return bytes.IsEmpty ? Guid.Empty : new Guid(bytes.Span, bigEndian: true);
    }

    internal DateTimeOffset Time()
    {
        Tag(CorimProfile.TimeTag);
        return DateTimeOffset.FromUnixTimeSeconds(Checked(_reader.ReadInt64(0, MaxSeconds), "whole seconds since 1970"));
    }

    /// <summary>[1, 32 bytes].</summary>
    internal Sha256Digest Digest()
    {
        Array(2, 2);
        Int(CorimProfile.Sha256);
        ReadOnlyMemory<byte> bytes = Bytes();
        EndArray();
        if (Error is null && bytes.Length != Sha256Digest.LengthBytes)
        {
            Fail(DecodeStatus.OutOfRange, $"a digest of {bytes.Length} bytes", $"{Sha256Digest.LengthBytes} bytes");
        }

        return Error is null ? new Sha256Digest(bytes.Span) : default;
    }

    internal void Finish()
    {
        _reader.Finish();
        Checked(0, "the end");
    }

    private void CheckCount(int count, int min, int max)
    {
        if (Error is null && (count < min || count > max))
        {
            Fail(DecodeStatus.OutOfRange, $"{count} entries", min == max ? $"{min}" : $"{min} to {max}");
        }
    }

    private T Checked<T>(T value, string expected)
    {
        if (_reader.Status != DecodeStatus.Ok)
        {
            Error ??= new CorimError(_reader.Status, _path, $"{_reader.Status} at byte {_reader.Position}", expected);
        }

        return value;
    }
}
