using System;
using System.Buffers.Binary;
using System.Text;

namespace nanoFramework.M2Mqtt;

/// <summary>Builds one MQTT 3.1.1 control packet.</summary>
internal sealed class PacketWriter
{
    private const int MaxHeadBytes = 5;

    private byte[] _bytes = new byte[256];
    private int _length = MaxHeadBytes;

    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    public void UInt16(ushort value)
    {
        Reserve(2);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_length), value);
        _length += 2;
    }

    /// <summary>UTF-8 with its length in front (MQTT 3.1.1 section 1.5.3).</summary>
    public void Text(string text)
    {
        int count = Encoding.UTF8.GetByteCount(text);
        UInt16((ushort)count);
        Reserve(count);
        Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
        _length += count;
    }

    public void Raw(byte[] value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes, _length);
        _length += value.Length;
    }

    /// <summary>Puts type, flags and remaining length (section 2.2.3) in front.</summary>
    public Memory<byte> Finish(byte typeAndFlags)
    {
        Span<byte> digits = stackalloc byte[4];
        int count = 0;
        int rest = _length - MaxHeadBytes;
        do
        {
            digits[count++] = (byte)((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0));
            rest >>= 7;
        }
        while (rest > 0);

        int start = MaxHeadBytes - count - 1;
        _bytes[start] = typeAndFlags;
        digits[..count].CopyTo(_bytes.AsSpan(start + 1));
        return _bytes.AsMemory(start, _length - start);
    }

    private void Reserve(int count)
    {
        if (_length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }
    }
}
