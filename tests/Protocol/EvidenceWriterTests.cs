using System.Text;
using System.Text.Json;

namespace IotAttest.Protocol.Tests;

public sealed class EvidenceWriterTests
{
    public static TheoryData<string> InputNames => new(EvidenceVectors.Inputs.Select(input => input.Text("name")));

    [Theory]
    [MemberData(nameof(InputNames))]
    public void Same_claims_give_the_bytes_of_the_vector(string name)
    {
        JsonElement input = InputOf(name);
        EvidenceWriter writer = new();

        DecodeStatus status = writer.Write(EvidenceVectors.ClaimsOf(input), EvidenceVectors.AuthenticatorOf(input));

        Assert.Equal(DecodeStatus.Ok, status);
        Assert.Equal(Convert.ToHexString(EvidenceVectors.Bytes(name)), Convert.ToHexString(writer.Buffer, 0, writer.Length));
    }

    [Fact]
    public void A_writer_used_again_gives_the_same_bytes_as_a_fresh_one()
    {
        EvidenceWriter writer = new();
        foreach (JsonElement input in EvidenceVectors.Inputs)
        {
            writer.Write(EvidenceVectors.ClaimsOf(input), EvidenceVectors.AuthenticatorOf(input));

            Assert.Equal(EvidenceVectors.Bytes(input.Text("name")), writer.Buffer[..writer.Length]);
        }
    }

    [Theory]
    [InlineData("sign1-four-worst-counters", 561)]
    [InlineData("sign1-four-all-optional", 561)]
    [InlineData("mac0-inventory-32-bit-counters", 260)]
    // Counters of 63 bits, which no board reaches (32 bits of seconds are 136 years), cost ten bytes more than the target.
    [InlineData("mac0-inventory-worst-counters", 270)]
    public void Evidence_stays_within_its_target_size(string name, int maxBytes)
    {
        JsonElement input = InputOf(name);
        EvidenceWriter writer = new();

        writer.Write(EvidenceVectors.ClaimsOf(input), EvidenceVectors.AuthenticatorOf(input));

        Assert.True(writer.Length > 0 && writer.Length <= maxBytes, $"{name} is {writer.Length} bytes, target {maxBytes}");
    }

    [Theory]
    [InlineData("mac0-inventory", CoseLabel.Hmac256)]
    [InlineData("sign1-four-all-optional", CoseLabel.Es256)]
    public void Writing_allocates_nothing_after_start(string name, int algorithm)
    {
        EvidenceClaims claims = EvidenceVectors.ClaimsOf(InputOf(name));
        EvidenceWriter writer = new();
        ConstantAuthenticator authenticator = new(algorithm);
        writer.Write(claims, authenticator);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            writer.Write(claims, authenticator);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(writer.Length > 0);
    }

    [Fact]
    public void Refused_claims_leave_length_zero_and_are_never_authenticated()
    {
        EvidenceClaims claims = EvidenceVectors.ClaimsOf(InputOf("mac0-inventory"));
        EvidenceWriter writer = new();
        ConstantAuthenticator authenticator = new(CoseLabel.Hmac256);
        writer.Write(claims, authenticator);
        claims.Nonce = new byte[31];

        DecodeStatus status = writer.Write(claims, authenticator);

        Assert.Equal(DecodeStatus.OutOfRange, status);
        Assert.Equal(0, writer.Length);
        Assert.Equal(1, authenticator.Calls);
    }

    [Fact]
    public void Rfc6979_A_2_5_the_test_signer_gives_the_published_signature()
    {
        byte[] key = EvidenceVectors.Parse("evidence/manifest.json").GetProperty("keys").GetProperty("p256").Hex("d");

        byte[] signature = new DeterministicEs256(key, new byte[8], CoseLabel.Es256).Sign(Encoding.ASCII.GetBytes("sample"));

        Assert.Equal(
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
            Convert.ToHexString(signature));
    }

    private static JsonElement InputOf(string name) => EvidenceVectors.Inputs.Single(input => input.Text("name") == name);
}
