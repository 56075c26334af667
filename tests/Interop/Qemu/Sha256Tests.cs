using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Interop.Tests;

/// <summary>FIPS 180-4: native/sha256 against vectors of NIST and against .NET.</summary>
[Collection(DigestTests.Name)]
public sealed class Sha256Tests(DigestBuild build)
{
    private const string Nist = "vectors/nist-sha256";
    private const int Inputs = 10_000;

    [RequiresVectorsFact(Nist)]
    public void Every_message_of_NIST_has_its_digest()
    {
        JsonElement[] cases = [.. Read("SHA256ShortMsg.json").EnumerateArray(), .. Read("SHA256LongMsg.json").EnumerateArray()];

        string[] digests = build.Ask([.. cases.Select(each => $"sha256 {Chunks.Hex(Text(each, "msg"))}")]);

        Assert.True(cases.Length > 100, $"only {cases.Length} cases");
        Assert.Equal(cases.Select(each => Text(each, "md")), digests);
    }

    [RequiresVectorsFact(Nist)]
    public void The_Monte_Carlo_test_of_NIST_ends_where_it_should()
    {
        JsonElement test = Read("SHA256Monte.json");
        string[] expected = [.. test.GetProperty("md").EnumerateArray().Select(each => each.GetString()!)];

        string[] digests = build.Ask([.. expected[..^1].Prepend(Text(test, "seed")).Select(seed => $"monte {seed}")]);

        Assert.Equal(100, expected.Length);
        Assert.Equal(expected, digests);
    }

    [RequiresToolFact("g++", "cmake")]
    public void Ten_thousand_messages_in_pieces_hash_as_in_dotNET()
    {
        Random random = new(180_4);
        byte[][] messages = [.. Chunks.Messages(random, Inputs)];

        string[] digests = build.Ask([.. messages.Select(message => $"sha256 {Chunks.Split(random, message)}")]);

        Assert.Equal(messages.Select(message => Convert.ToHexStringLower(SHA256.HashData(message))), digests);
    }

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf($"{Nist}/{file}"))).RootElement;

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
