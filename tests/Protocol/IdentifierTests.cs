using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IotAttest.Protocol.Tests;

public sealed class IdentifierTests
{
    private const string Hex = "01101112131415161718191a1b1c1d1e1f";

    [Fact]
    public void A_ueid_goes_to_hex_and_back() => Assert.Equal(Hex, Ueid.ToHex(Ueid.FromHex(Hex)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("01101112131415161718191a1b1c1d1e1")]
    [InlineData("01101112131415161718191a1b1c1d1e1f0")]
    [InlineData("02101112131415161718191a1b1c1d1e1f")]
    [InlineData("11101112131415161718191a1b1c1d1e1f")]
    [InlineData("01101112131415161718191A1b1c1d1e1f")]
    [InlineData("01101112131415161718191a1b1c1d1e1g")]
    [InlineData("01101112131415161718191a1b1c1d1e/f")]
    [InlineData("01\u0000\u0000101112131415161718191a1b1c1d1e")]
    public void Text_that_is_no_ueid_gives_null(string? text) => Assert.Null(Ueid.FromHex(text));

    [Fact]
    public void Key_ids_are_those_of_the_vectors()
    {
        JsonElement kids = EvidenceVectors.Parse("kid/kids.json");

        Assert.All(kids.GetProperty("hmac").EnumerateArray(), kid => Assert.Equal(kid.Hex("kid"), KeyId.OfUeid(kid.Hex("ueid"))));
        Assert.All(
            kids.GetProperty("p256").EnumerateArray(),
            kid => Assert.Equal(kid.Hex("kid"), KeyId.OfPublicKey(kid.Hex("subjectPublicKeyInfo"))));
    }

    [Fact]
    public void The_platform_exports_the_SubjectPublicKeyInfo_of_the_vectors()
    {
        JsonElement key = EvidenceVectors.Parse("evidence/manifest.json").GetProperty("keys").GetProperty("p256");
        using ECDsa ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = key.Hex("x"), Y = key.Hex("y") },
        });

        Assert.Equal(key.Hex("kid"), KeyId.OfPublicKey(ecdsa.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void The_challenge_vectors_follow_the_layout()
    {
        JsonElement file = EvidenceVectors.Parse("challenge/challenges.json");
        byte[] key = file.Hex("key");

        Assert.All(file.GetProperty("right").EnumerateArray(), vector => Assert.True(Holds(key, vector)));
        Assert.All(file.GetProperty("wrong").EnumerateArray(), vector => Assert.False(Holds(key, vector), vector.Text("name")));
    }

    [Fact]
    public void Topics_stand_under_the_ueid()
    {
        Assert.Equal($"iotattest/v1/{Hex}/hello", Topics.Hello(Hex));
        Assert.Equal($"iotattest/v1/{Hex}/challenge", Topics.Challenge(Hex));
        Assert.Equal($"iotattest/v1/{Hex}/evidence", Topics.Evidence(Hex));
        Assert.Equal($"iotattest/v1/{Hex}/result", Topics.Result(Hex));
        Assert.Equal("iotattest/v1/epoch", Topics.Epoch);
    }

    private static bool Holds(byte[] key, JsonElement vector)
    {
        byte[] challenge = vector.Hex("challenge");
        if (challenge.Length != EvidenceProfile.NonceBytes)
        {
            return false;
        }

        byte[] covered = [.. Encoding.ASCII.GetBytes(ChallengeLayout.Label), .. vector.Hex("ueid"), .. challenge[..ChallengeLayout.MacOffset]];
        return HMACSHA256.HashData(key, covered).AsSpan(0, ChallengeLayout.MacBytes).SequenceEqual(challenge.AsSpan(ChallengeLayout.MacOffset));
    }
}
