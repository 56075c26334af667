using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Interop.Tests;

/// <summary>RFC 2104: the HMAC of native/sha256 against vectors of NIST, RFC 4231 and Wycheproof, and against .NET.</summary>
[Collection(DigestTests.Name)]
public sealed class HmacSha256Tests(DigestBuild build)
{
    private const string Nist = "vectors/nist-hmac-sha256/HMAC_SHA256.json";
    private const string Rfc4231 = "vectors/rfc4231/rfc4231_hmac.json";
    private const string Wycheproof = "vectors/wycheproof/hmac_sha256_test.json";
    private const int Inputs = 10_000;
    private const int LongestKeyBytes = 200;

    [RequiresVectorsFact(Nist)]
    public void Every_case_of_NIST_has_its_tag()
    {
        JsonElement[] cases = [.. Read(Nist).EnumerateArray()];

        string[] tags = Ask(cases, "key", "msg");

        Assert.True(cases.Length > 100, $"only {cases.Length} cases");
        Assert.All(cases.Zip(tags), pair => Assert.StartsWith(Text(pair.First, "mac"), pair.Second, StringComparison.Ordinal));
    }

    [RequiresVectorsFact(Rfc4231)]
    public void Every_case_of_RFC_4231_has_its_tag()
    {
        JsonElement[] cases = [.. Read(Rfc4231).EnumerateArray()];

        string[] tags = Ask(cases, "key", "data");

        Assert.Equal(7, cases.Length);
        Assert.All(cases.Zip(tags), pair => Assert.StartsWith(Text(pair.First, "hmac_sha256"), pair.Second, StringComparison.Ordinal));
    }

    [RequiresVectorsFact(Wycheproof)]
    public void Every_valid_tag_of_Wycheproof_comes_out_and_no_invalid_one()
    {
        JsonElement[] cases = [.. Read(Wycheproof).GetProperty("testGroups").EnumerateArray().SelectMany(group => group.GetProperty("tests").EnumerateArray())];

        string[] tags = Ask(cases, "key", "msg");

        Assert.True(cases.Length > 100, $"only {cases.Length} cases");
        Assert.All(cases.Zip(tags), pair => Assert.Equal(
            Text(pair.First, "result") == "valid",
            pair.Second.StartsWith(Text(pair.First, "tag"), StringComparison.Ordinal)));
    }

    [RequiresToolFact("g++", "cmake")]
    public void Ten_thousand_messages_in_pieces_under_keys_of_any_length_have_the_tags_of_dotNET()
    {
        Random random = new(2104);
        (byte[] Key, byte[] Message)[] inputs = [.. Chunks.Messages(random, Inputs).Select((message, i) => (NewKey(random, i % (LongestKeyBytes + 1)), message))];

        string[] tags = build.Ask([.. inputs.Select(input => $"hmac {Chunks.Hex(input.Key)} {Chunks.Split(random, input.Message)}")]);

        Assert.Equal(inputs.Select(input => Convert.ToHexStringLower(HMACSHA256.HashData(input.Key, input.Message))), tags);
    }

    private string[] Ask(IEnumerable<JsonElement> cases, string key, string message) =>
        build.Ask([.. cases.Select(each => $"hmac {Chunks.Hex(Text(each, key))} {Chunks.Hex(Text(each, message))}")]);

    private static byte[] NewKey(Random random, int length)
    {
        byte[] key = new byte[length];
        random.NextBytes(key);
        return key;
    }

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf(path))).RootElement;

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
