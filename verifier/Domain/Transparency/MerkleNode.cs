namespace IotAttest.Domain.Transparency;

/// <summary>One node over a complete subtree: 2^Level leaves, from leaf Index * 2^Level on. Once it is complete it never changes, so it can be stored.</summary>
/// <param name="Level">0 for a leaf.</param>
/// <param name="Index">Number of the node on its level, from 0.</param>
/// <param name="Hash">32 bytes.</param>
public sealed record MerkleNode(int Level, long Index, byte[] Hash);
