using System.Numerics;

namespace IotAttest.Domain.Transparency;

/// <summary>Checks proofs of an append-only tree (RFC 9162 sections 2.1.3.2 and 2.1.4.2), also for a part [start, end) of one
/// (draft-ietf-plants-merkle-tree-certs section 4): with start 0 both are the same. Nothing here throws on hostile input.</summary>
public static class MerkleProof
{
    // A tree of 2^63 leaves has no longer path.
    private const int MaxLength = 64;

    /// <summary>True when the leaf is in the tree of that root.</summary>
    /// <param name="index">Index of the leaf, from 0.</param>
    /// <param name="size">Size of the tree.</param>
    /// <param name="leafHash">32 bytes.</param>
    /// <param name="path">From the leaf upwards.</param>
    /// <param name="root">32 bytes.</param>
    public static bool HoldsInclusion(long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root) =>
        HoldsInclusion(index, 0, size, leafHash, path, root);

    /// <summary>True when the leaf is in the part [start, end) of a tree, of which this is the root.</summary>
    public static bool HoldsInclusion(long index, long start, long end, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root) =>
        IsSubtree(start, end) && index >= start && index < end && RootOf(index - start, end - start, leafHash, path) is { } computed && root.SequenceEqual(computed);

    /// <summary>The root that follows from a leaf and its path; null when the path cannot be one of that leaf in a tree of that size.</summary>
    public static byte[]? RootOf(long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= size || leafHash.Length != MerkleHash.LengthBytes || !AreHashes(path))
        {
            return null;
        }

        long fn = index;
        long sn = size - 1;
        byte[] hash = leafHash.ToArray();
        foreach (byte[] sibling in path)
        {
            if (sn == 0)
            {
                return null;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                hash = MerkleHash.OfNodes(sibling, hash);
                SkipLevelsWithoutSibling(ref fn, ref sn);
            }
            else
            {
                hash = MerkleHash.OfNodes(hash, sibling);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 ? hash : null;
    }

    /// <summary>True when the tree of the earlier size and root is the beginning of the later one. An earlier tree without leaves shows nothing: false.</summary>
    public static bool HoldsConsistency(long earlierSize, long size, ReadOnlySpan<byte> earlierRoot, ReadOnlySpan<byte> root, IReadOnlyList<byte[]> proof) =>
        earlierSize > 0 && HoldsConsistency(0, earlierSize, size, earlierRoot, root, proof);

    /// <summary>True when the part [start, end) with its root stands in the tree with the other root.</summary>
    public static bool HoldsConsistency(long start, long end, long size, ReadOnlySpan<byte> partRoot, ReadOnlySpan<byte> root, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (start < 0 || end > size || !AreHashes(proof))
        {
            return false;
        }

        if (start == end)
        {
            return proof.Count == 0 && partRoot.SequenceEqual(MerkleHash.Empty);
        }

        if (!IsSubtree(start, end))
        {
            return false;
        }

        // The whole is consistent with itself; there is nothing to compute.
        return start == 0 && end == size
            ? proof.Count == 0 && partRoot.SequenceEqual(root)
            : partRoot.Length == MerkleHash.LengthBytes && Climb(start, end - 1, size - 1, partRoot, root, proof);
    }

    private static bool Climb(long fn, long sn, long tn, ReadOnlySpan<byte> partRoot, ReadOnlySpan<byte> root, IReadOnlyList<byte[]> proof)
    {
        int shift = ShiftToPart(fn, sn, tn);
        fn >>= shift;
        sn >>= shift;
        tn >>= shift;
        bool isComplete = fn == sn;
        if (!isComplete && proof.Count == 0)
        {
            return false;
        }

        byte[] part = isComplete ? partRoot.ToArray() : proof[0];
        byte[] whole = part;
        foreach (byte[] sibling in proof.Skip(isComplete ? 0 : 1))
        {
            if (tn == 0)
            {
                return false;
            }

            if ((sn & 1) == 1 || sn == tn)
            {
                part = fn < sn ? MerkleHash.OfNodes(sibling, part) : part;
                whole = MerkleHash.OfNodes(sibling, whole);
                int skip = BitOperations.TrailingZeroCount(sn); // sn is not 0 here: it is odd, or equal to tn
                fn >>= skip;
                sn >>= skip;
                tn >>= skip;
            }
            else
            {
                whole = MerkleHash.OfNodes(whole, sibling);
            }

            fn >>= 1;
            sn >>= 1;
            tn >>= 1;
        }

        return tn == 0 && partRoot.SequenceEqual(part) && root.SequenceEqual(whole);
    }

    // Levels on which the part's last node is a right child, or all of them when the part ends where the tree ends: no proof node there.
    private static int ShiftToPart(long fn, long sn, long tn)
    {
        int shift = 0;
        while (fn >> shift != sn >> shift && (sn == tn || ((sn >> shift) & 1) == 1))
        {
            shift++;
        }

        return shift;
    }

    // The last node of a level that has no right neighbour moves up unchanged.
    private static void SkipLevelsWithoutSibling(ref long fn, ref long sn)
    {
        while (fn != 0 && (fn & 1) == 0)
        {
            fn >>= 1;
            sn >>= 1;
        }
    }

    private static bool IsSubtree(long start, long end) =>
        start >= 0 && start < end && (start & ((long)BitOperations.RoundUpToPowerOf2((ulong)(end - start)) - 1)) == 0;

    private static bool AreHashes(IReadOnlyList<byte[]> proof) => proof.Count <= MaxLength && proof.All(hash => hash.Length == MerkleHash.LengthBytes);
}
