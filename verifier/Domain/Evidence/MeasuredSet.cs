using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace IotAttest.Domain.Evidence;

/// <summary>A set of components with their digests, compared as a whole.</summary>
/// <remarks>Canonical bytes: for each component in ordinal order of the name, one length byte, the name in ASCII, the
/// 32-byte SHA-256. <see cref="Hash"/> is SHA-256 over them: equal hashes mean equal sets.</remarks>
public sealed class MeasuredSet
{
    private const int MaxStackBytes = 512;

    /// <summary>Makes a set; names must be unique, digests 32 bytes.</summary>
    public MeasuredSet(IEnumerable<MeasuredComponent> components)
    {
        MeasuredComponent[] sorted = [.. components];
        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        Components = ImmutableCollectionsMarshal.AsImmutableArray(sorted);
        Hash = HashOf(sorted);
    }

    /// <summary>The components in ordinal order of their names.</summary>
    public ImmutableArray<MeasuredComponent> Components { get; }

    /// <summary>64 lower-case hex digits that name this set.</summary>
    public string Hash { get; }

    /// <summary>The digest of a component, or null when the set has none of that name.</summary>
    public ReadOnlyMemory<byte>? DigestOf(string name)
    {
        foreach (MeasuredComponent component in Components)
        {
            if (component.Name == name)
            {
                return component.Sha256;
            }
        }

        return null;
    }

    /// <summary>True when both sets have the same names, whatever the digests.</summary>
    public bool HasSameNames(MeasuredSet other) =>
        Components.Select(component => component.Name).SequenceEqual(other.Components.Select(component => component.Name));

    /// <summary>The canonical bytes, see the remarks.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[LengthOf(Components.AsSpan())];
        Write(Components.AsSpan(), bytes);
        return bytes;
    }

    /// <summary>Reads canonical bytes that this class wrote; anything else throws <see cref="FormatException"/>.</summary>
    public static MeasuredSet FromBytes(ReadOnlySpan<byte> bytes)
    {
        List<MeasuredComponent> components = [];
        while (bytes.Length > 0)
        {
            int nameLength = bytes[0];
            int length = 1 + nameLength + SHA256.HashSizeInBytes;
            if (bytes.Length < length)
            {
                throw new FormatException($"A measured set ends after {bytes.Length} bytes where a component of {length} bytes was expected.");
            }

            components.Add(new MeasuredComponent(Encoding.ASCII.GetString(bytes.Slice(1, nameLength)), bytes[(1 + nameLength)..length].ToArray()));
            bytes = bytes[length..];
        }

        return new MeasuredSet(components);
    }

    // Every evidence comes by here: no more than the text is allocated.
    private static string HashOf(ReadOnlySpan<MeasuredComponent> components)
    {
        int length = LengthOf(components);
        Span<byte> bytes = length <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[length];
        Write(components, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return Convert.ToHexStringLower(hash);
    }

    private static int LengthOf(ReadOnlySpan<MeasuredComponent> components)
    {
        int length = 0;
        foreach (MeasuredComponent component in components)
        {
            length += 1 + component.Name.Length + SHA256.HashSizeInBytes;
        }

        return length;
    }

    private static void Write(ReadOnlySpan<MeasuredComponent> components, Span<byte> rest)
    {
        foreach (MeasuredComponent component in components)
        {
            rest[0] = (byte)component.Name.Length;
            Encoding.ASCII.GetBytes(component.Name, rest[1..]);
            component.Sha256.Span.CopyTo(rest[(1 + component.Name.Length)..]);
            rest = rest[(1 + component.Name.Length + SHA256.HashSizeInBytes)..];
        }
    }
}
