using System.Buffers.Binary;

namespace IotAttest.Fuzz.Tests.Engine;

/// <summary>Makes new inputs from kept ones: bits, bytes, numbers, blocks, words of the format, parts of other inputs.</summary>
internal sealed class Mutator(Random random, byte[][] words, int maxBytes)
{
    private const int MaxSteps = 6;
    private const int MaxBlock = 64;

    private static readonly ulong[] Numbers = [0, 1, 2, 7, 8, 15, 16, 23, 24, 31, 32, 63, 64, 127, 128, 255, 256, 511, 1023, 1024, 4095, 4096, 32767, 32768, 65535, 65536, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, long.MaxValue, 1UL << 63, ulong.MaxValue];

    public byte[] Mutate(byte[] parent, byte[] other)
    {
        byte[] child = [.. parent];
        for (int step = random.Next(1, MaxSteps + 1); step > 0; step--)
        {
            child = Step(child, other);
        }

        return child.Length <= maxBytes ? child : child[..maxBytes];
    }

    private byte[] Step(byte[] bytes, byte[] other)
    {
        if (bytes.Length == 0)
        {
            return Insert(bytes, 0, Word());
        }

        int at = random.Next(bytes.Length);
        switch (random.Next(12))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); return bytes;
            case 1: bytes[at] = (byte)random.Next(256); return bytes;
            case 2: bytes[at] = (byte)(bytes[at] + random.Next(-8, 9)); return bytes;
            case 3: WriteNumber(bytes.AsSpan(at)); return bytes;
            case 4: return Cut(bytes, at, random.Next(1, MaxBlock));
            case 5: return bytes[..at];
            case 6: return Insert(bytes, at, Block(bytes));
            case 7: return Insert(bytes, at, Word());
            case 8: return Replace(bytes, at, Word());
            case 9: return Insert(bytes, at, Block(other));
            case 10: return Replace(bytes, at, Block(other));
            default: return [.. bytes[..at], .. other.AsSpan(Math.Min(other.Length, at))];
        }
    }

    private void WriteNumber(Span<byte> target)
    {
        ulong number = Numbers[random.Next(Numbers.Length)];
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        bytes = bytes[^(1 << random.Next(4))..];
        if (random.Next(2) == 0)
        {
            bytes.Reverse();
        }

        bytes[..Math.Min(bytes.Length, target.Length)].CopyTo(target);
    }

    private ReadOnlySpan<byte> Word() => words.Length == 0 ? [(byte)random.Next(256)] : words[random.Next(words.Length)];

    private ReadOnlySpan<byte> Block(byte[] of)
    {
        int start = random.Next(of.Length + 1);
        return of.AsSpan(start, Math.Min(random.Next(MaxBlock), of.Length - start));
    }

    private static byte[] Insert(byte[] bytes, int at, ReadOnlySpan<byte> what) => [.. bytes.AsSpan(0, at), .. what, .. bytes.AsSpan(at)];

    private static byte[] Replace(byte[] bytes, int at, ReadOnlySpan<byte> what)
    {
        what[..Math.Min(what.Length, bytes.Length - at)].CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private static byte[] Cut(byte[] bytes, int at, int count) => [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(bytes.Length, at + count))];
}
