using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Protocol.Tests;

public sealed class Sha256Tests
{
    private const int Seed = 20261122;

    [Fact]
    public void Every_length_up_to_200_bytes_equals_the_platform()
    {
        byte[] bytes = new byte[200];
        new Random(Seed).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(SHA256.HashData(bytes.AsSpan(0, length)), Sha256.Hash(bytes[..length]));
        }
    }

    [Fact]
    public void Random_pieces_of_random_input_equal_the_platform_and_finish_resets()
    {
        Random random = new(Seed);
        Sha256 sha = new();
        byte[] digest = new byte[Sha256.DigestBytes + 1];
        for (int round = 0; round < 200; round++)
        {
            byte[] bytes = new byte[random.Next(4096)];
            random.NextBytes(bytes);
            for (int offset = 0, step; offset < bytes.Length; offset += step)
            {
                step = Math.Min(random.Next(130), bytes.Length - offset);
                sha.Append(bytes, offset, step);
            }

            sha.Finish(digest, 1);

            Assert.Equal(SHA256.HashData(bytes), digest[1..]);
        }
    }

    [Fact]
    public void Reset_forgets_what_was_appended()
    {
        Sha256 sha = new();
        sha.Append([1, 2, 3], 0, 3);
        sha.Reset();
        byte[] digest = new byte[Sha256.DigestBytes];
        sha.Finish(digest, 0);

        Assert.Equal(SHA256.HashData([]), digest);
    }

    [RequiresSharedDataTheory("vectors/nist-sha256")]
    [InlineData("SHA256ShortMsg.json")]
    [InlineData("SHA256LongMsg.json")]
    public void Nist_messages_give_their_published_digest(string file)
    {
        string json = File.ReadAllText(SharedData.PathOf($"vectors/nist-sha256/{file}"));
        foreach (JsonElement test in JsonDocument.Parse(json).RootElement.EnumerateArray())
        {
            byte[] message = test.GetProperty("len_bits").GetInt32() == 0 ? [] : test.Hex("msg");

            Assert.Equal(test.Text("md"), Convert.ToHexStringLower(Sha256.Hash(message)));
        }
    }
}
