using System.Text.Json;
using IotAttest.Domain.Transparency;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Transparency;

public sealed class MerkleVectorTests
{
    private const string Folder = "vectors/merkle-rfc9162";

    [RequiresSharedDataFact(Folder)]
    public void Inclusion_proofs_hold_or_are_refused_as_marked() => CheckAll("inclusion.json", 98, item =>
        MerkleProof.HoldsInclusion(Number(item, "leafIdx"), Number(item, "treeSize"), Hash(item, "leafHash"), Proof(item), Hash(item, "root")));

    [RequiresSharedDataFact(Folder)]
    public void Consistency_proofs_hold_or_are_refused_as_marked() => CheckAll("consistency.json", 98, item =>
        MerkleProof.HoldsConsistency(Number(item, "size1"), Number(item, "size2"), Hash(item, "root1"), Hash(item, "root2"), Proof(item)));

    [RequiresSharedDataFact(Folder)]
    public void Subtree_inclusion_proofs_hold_or_are_refused_as_marked() => CheckAll("subtreeinclusion.json", 204, item =>
        MerkleProof.HoldsInclusion(Number(item, "leafIdx"), Number(item, "start"), Number(item, "end"), Hash(item, "leafHash"), Proof(item), Hash(item, "root")));

    [RequiresSharedDataFact(Folder)]
    public void Subtree_consistency_proofs_hold_or_are_refused_as_marked() => CheckAll("subtreeconsistency.json", 118, item =>
        MerkleProof.HoldsConsistency(Number(item, "start"), Number(item, "end"), Number(item, "size"), Hash(item, "root1"), Hash(item, "root2"), Proof(item)));

    private static void CheckAll(string file, int count, Func<JsonElement, bool> holds)
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf($"{Folder}/{file}")));

        foreach (JsonElement item in cases.RootElement.EnumerateArray())
        {
            bool held = holds(item);
            Assert.True(held != item.GetProperty("wantErr").GetBoolean(), $"{item.GetProperty("file").GetString()} ({item.GetProperty("desc").GetString()}): held {held}");
        }

        Assert.Equal(count, cases.RootElement.GetArrayLength());
    }

    // Some cases have numbers beyond 63 bits: no tree is that large, and a number that does not fit is refused by its sign.
    private static long Number(JsonElement item, string name) => item.GetProperty(name).TryGetInt64(out long number) ? number : -1;

    private static byte[] Hash(JsonElement item, string name) => item.GetProperty(name).GetBytesFromBase64();

    private static byte[][] Proof(JsonElement item) => item.GetProperty("proof").ValueKind == JsonValueKind.Null
        ? []
        : [.. item.GetProperty("proof").EnumerateArray().Select(hash => hash.GetBytesFromBase64())];
}
