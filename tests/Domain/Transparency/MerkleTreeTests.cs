using IotAttest.Domain.Transparency;

namespace IotAttest.Domain.Tests.Transparency;

public sealed class MerkleTreeTests
{
    private const int Largest = 70;

    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Largest).Select(number => MerkleHash.OfLeaf([(byte)number, 7]))];

    [Fact]
    public void Rfc9162_2_1_1_the_tree_of_no_leaf_is_the_hash_of_nothing_and_of_one_leaf_that_leaf()
    {
        Assert.Equal("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", Convert.ToHexString(MerkleTree.Of([]).Root()));
        Assert.Equal(Leaves[0], MerkleTree.Of([Leaves[0]]).Root());
    }

    [Fact]
    public void Rfc9162_2_1_1_the_root_splits_at_the_largest_power_of_two_below_the_size()
    {
        for (int size = 1; size <= Largest; size++)
        {
            Assert.Equal(ByDefinition(Leaves.AsSpan(0, size)), MerkleTree.Of(Leaves.Take(size)).Root());
        }
    }

    [Fact]
    public void Every_leaf_of_every_size_has_a_proof_that_holds_for_it_alone()
    {
        for (int size = 1; size <= Largest; size++)
        {
            MerkleTree tree = MerkleTree.Of(Leaves.Take(size));
            byte[] root = tree.Root();
            for (int index = 0; index < size; index++)
            {
                IReadOnlyList<byte[]> path = tree.Inclusion(index);

                Assert.True(MerkleProof.HoldsInclusion(index, size, Leaves[index], path, root));
                Assert.False(MerkleProof.HoldsInclusion(index, size, MerkleHash.OfLeaf([9, 9]), path, root));
                Assert.False(MerkleProof.HoldsInclusion(index == 0 ? size : index - 1, size, Leaves[index], path, root));
                Assert.False(MerkleProof.HoldsInclusion(index, size, Leaves[index], [.. path, root], root));
            }
        }
    }

    [Fact]
    public void Every_earlier_size_has_a_proof_that_holds_and_not_for_another_root()
    {
        MerkleTree whole = MerkleTree.Of(Leaves);
        for (int size = 1; size <= Largest; size++)
        {
            MerkleTree tree = MerkleTree.Of(Leaves.Take(size));
            for (int earlier = 1; earlier <= size; earlier++)
            {
                IReadOnlyList<byte[]> proof = tree.Consistency(earlier);

                Assert.True(MerkleProof.HoldsConsistency(earlier, size, whole.RootAt(earlier), tree.Root(), proof), $"{earlier} of {size}");
                Assert.False(MerkleProof.HoldsConsistency(earlier, size, MerkleHash.OfLeaf([1]), tree.Root(), proof));
                Assert.False(MerkleProof.HoldsConsistency(earlier, size, whole.RootAt(earlier), MerkleHash.OfLeaf([1]), proof));
            }
        }
    }

    [Fact]
    public void Sizes_outside_the_tree_have_no_proof()
    {
        MerkleTree tree = MerkleTree.Of(Leaves.Take(5));

        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Inclusion(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Consistency(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Consistency(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.RootAt(6));
    }

    private static byte[] ByDefinition(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        int split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return MerkleHash.OfNodes(ByDefinition(leaves[..split]), ByDefinition(leaves[split..]));
    }
}
