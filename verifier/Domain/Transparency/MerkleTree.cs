using System.Numerics;

namespace IotAttest.Domain.Transparency;

/// <summary>Roots and proofs of an append-only tree (RFC 9162 section 2.1), made from the complete nodes alone: a proof reads as many
/// nodes as the logarithm of the size.</summary>
/// <param name="size">Number of leaves, from 0.</param>
/// <param name="node">Finds a complete node by level and index; called only for nodes within the size.</param>
public sealed class MerkleTree(long size, Func<int, long, byte[]> node)
{
    /// <summary>Number of leaves.</summary>
    public long Size => size;

    /// <summary>Makes a tree of leaf hashes, all in memory.</summary>
    /// <param name="leaves">32 bytes each, in order.</param>
    public static MerkleTree Of(IEnumerable<byte[]> leaves)
    {
        Dictionary<(int, long), byte[]> nodes = [];
        long size = 0;
        foreach (byte[] leaf in leaves)
        {
            foreach (MerkleNode added in NodesOf(size, leaf, (level, index) => nodes[(level, index)]))
            {
                nodes[(added.Level, added.Index)] = added.Hash;
            }

            size++;
        }

        return new MerkleTree(size, (level, index) => nodes[(level, index)]);
    }

    /// <summary>The nodes that become complete by appending one leaf: the leaf itself and, on average, one more.</summary>
    /// <param name="index">Index of the new leaf: the size before.</param>
    /// <param name="leaf">Its hash, 32 bytes.</param>
    /// <param name="node">Finds complete nodes before it.</param>
    public static IEnumerable<MerkleNode> NodesOf(long index, byte[] leaf, Func<int, long, byte[]> node)
    {
        ArgumentNullException.ThrowIfNull(node);
        byte[] hash = leaf;
        int level = 0;
        yield return new MerkleNode(level, index, hash);

        // A right child completes its parent.
        for (long at = index; (at & 1) == 1; at >>= 1)
        {
            hash = MerkleHash.OfNodes(node(level, at - 1), hash);
            level++;
            yield return new MerkleNode(level, at >> 1, hash);
        }
    }

    /// <summary>MTH(D_n), the root: 32 bytes.</summary>
    public byte[] Root() => size == 0 ? MerkleHash.Empty : HashOf(0, size);

    /// <summary>The root when the tree was smaller.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 to the size.</exception>
    public byte[] RootAt(long earlier)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlier);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, size);
        return new MerkleTree(earlier, node).Root();
    }

    /// <summary>PATH(m, D_n): what shows that a leaf is in the tree (RFC 9162 section 2.1.3.1), from the leaf upwards.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not the index of a leaf.</exception>
    public IReadOnlyList<byte[]> Inclusion(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        List<byte[]> path = [];
        AddPath(index, 0, size, path);
        return path;
    }

    /// <summary>PROOF(m, D_n): what shows that the tree of an earlier size is the beginning of this one (RFC 9162 section 2.1.4.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to the size.</exception>
    public IReadOnlyList<byte[]> Consistency(long earlier)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(earlier, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, size);
        List<byte[]> proof = [];
        AddSubproof(earlier, 0, size, isWhole: true, proof);
        return proof;
    }

    private void AddPath(long index, long start, long count, List<byte[]> path)
    {
        if (count == 1)
        {
            return;
        }

        long left = LargestPowerBelow(count);
        if (index < left)
        {
            AddPath(index, start, left, path);
            path.Add(HashOf(start + left, count - left));
        }
        else
        {
            AddPath(index - left, start + left, count - left, path);
            path.Add(HashOf(start, left));
        }
    }

    // SUBPROOF(m, D[n], b): b says that the earlier tree is this subtree as a whole, whose hash the verifier knows.
    private void AddSubproof(long earlier, long start, long count, bool isWhole, List<byte[]> proof)
    {
        if (earlier == count)
        {
            if (!isWhole)
            {
                proof.Add(HashOf(start, count));
            }

            return;
        }

        long left = LargestPowerBelow(count);
        if (earlier <= left)
        {
            AddSubproof(earlier, start, left, isWhole, proof);
            proof.Add(HashOf(start + left, count - left));
        }
        else
        {
            AddSubproof(earlier - left, start + left, count - left, isWhole: false, proof);
            proof.Add(HashOf(start, left));
        }
    }

    private byte[] HashOf(long start, long count)
    {
        if (BitOperations.IsPow2(count))
        {
            int level = BitOperations.Log2((ulong)count);
            return node(level, start >> level);
        }

        long left = LargestPowerBelow(count);
        return MerkleHash.OfNodes(HashOf(start, left), HashOf(start + left, count - left));
    }

    private static long LargestPowerBelow(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
