using System.Buffers.Binary;

namespace IotAttest.Domain.Images;

/// <summary>Reads a file field by field, little endian. The error is sticky: after the first one reads return zeros, so a format is read
/// straight through and checked once.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public ImageError? Error { get; private set; }

    public readonly ReadOnlySpan<byte> Consumed => _bytes[..Position];

    public readonly ReadOnlySpan<byte> Rest => _bytes[Position..];

    /// <summary>The next bytes, or nothing after a failure.</summary>
    public ReadOnlySpan<byte> Take(string field, int count)
    {
        if (Error is not null)
        {
            return default;
        }

        if (count > _bytes.Length - Position)
        {
            Error = ImageError.Truncated(field, Position, count, _bytes.Length - Position);
            return default;
        }

        Position += count;
        return _bytes.Slice(Position - count, count);
    }

    public byte Byte(string field) => Take(field, sizeof(byte)) is { IsEmpty: false } taken ? taken[0] : (byte)0;

    public ushort UInt16(string field) =>
        Take(field, sizeof(ushort)) is { IsEmpty: false } taken ? BinaryPrimitives.ReadUInt16LittleEndian(taken) : (ushort)0;

    public uint UInt32(string field) =>
        Take(field, sizeof(uint)) is { IsEmpty: false } taken ? BinaryPrimitives.ReadUInt32LittleEndian(taken) : 0;

    /// <summary>Records an error about a field that was just read unless one is there already.</summary>
    public void Require(bool holds, string field, int offset, string seen, string expected, string advice)
    {
        if (!holds)
        {
            Error ??= new(field, offset, seen, expected, advice);
        }
    }
}
