using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Cose;

public sealed class SignatureVectorTests
{
    [RequiresSharedDataFact("vectors/rfc4231")]
    public void Rfc4231_tags_verify_and_one_changed_bit_does_not()
    {
        JsonElement[] cases = [.. Load("rfc4231/rfc4231_hmac.json").EnumerateArray()];

        foreach (JsonElement item in cases)
        {
            byte[] tag = Hex(item, "hmac_sha256");
            Assert.True(HmacSha256Tag.Verify(Hex(item, "key"), Hex(item, "data"), tag, tag.Length));

            tag[^1] ^= 1;
            Assert.False(HmacSha256Tag.Verify(Hex(item, "key"), Hex(item, "data"), tag, tag.Length));
        }

        Assert.Equal(7, cases.Length);
    }

    [RequiresSharedDataFact("vectors/rfc4231")]
    public void Rfc4231_truncated_tag_does_not_pass_for_a_whole_one()
    {
        JsonElement truncated = Load("rfc4231/rfc4231_hmac.json").EnumerateArray().Single(item => item.GetProperty("truncated_to_bytes").ValueKind == JsonValueKind.Number);

        Assert.False(HmacSha256Tag.Verify(Hex(truncated, "key"), Hex(truncated, "data"), Hex(truncated, "hmac_sha256"), HmacSha256Tag.FullBytes));
    }

    [RequiresSharedDataFact("vectors/rfc6979-p256")]
    public void Rfc6979_signatures_with_SHA_256_verify()
    {
        JsonElement root = Load("rfc6979-p256/rfc6979_a25_p256.json");
        using ECDsa key = EcdsaP256.TryFromCoordinates(Hex(root.GetProperty("key"), "x"), Hex(root.GetProperty("key"), "y"))!;

        int[] holding = [.. root.GetProperty("cases").EnumerateArray().Select((item, index) => Holds(item, key) ? index : -1).Where(index => index >= 0)];

        Assert.Equal(2, holding.Length);
        Assert.All(holding, index => Assert.Equal("SHA-256", root.GetProperty("cases")[index].GetProperty("hash").GetString()));
    }

    [RequiresSharedDataFact("vectors/wycheproof")]
    public void Wycheproof_ECDSA_P1363_is_exactly_as_marked()
    {
        int count = 0;
        int valid = 0;

        foreach (JsonElement group in Load("wycheproof/ecdsa_secp256r1_sha256_p1363_test.json").GetProperty("testGroups").EnumerateArray())
        {
            byte[] point = Hex(group.GetProperty("publicKey"), "uncompressed");
            using ECDsa key = EcdsaP256.TryFromCoordinates(point.AsSpan(1, 32), point.AsSpan(33))!;
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                bool holds = EcdsaP256.VerifyOnCurve(key, Hex(test, "msg"), Hex(test, "sig"));
                Assert.True(holds == IsValid(test), $"test {test.GetProperty("tcId")}");
                count++;
                valid += holds ? 1 : 0;
            }
        }

        Assert.Equal(262, count);
        Assert.Equal(89, count - valid);
    }

    [RequiresSharedDataFact("vectors/wycheproof")]
    public void Wycheproof_HMAC_is_exactly_as_marked()
    {
        int count = 0;

        foreach (JsonElement group in Load("wycheproof/hmac_sha256_test.json").GetProperty("testGroups").EnumerateArray())
        {
            int tagBytes = group.GetProperty("tagSize").GetInt32() / 8;
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                bool holds = HmacSha256Tag.Verify(Hex(test, "key"), Hex(test, "msg"), Hex(test, "tag"), tagBytes);
                Assert.True(holds == IsValid(test), $"test {test.GetProperty("tcId")}");
                count++;
            }
        }

        Assert.Equal(174, count);
    }

    [Fact]
    public void Points_off_the_curve_and_other_curves_are_refused()
    {
        using ECDsa secp256k1 = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        using ECDsa p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using ECDsa p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECPoint point = p256.ExportParameters(false).Q;
        byte[] spki = p256.ExportSubjectPublicKeyInfo();

        Assert.NotNull(EcdsaP256.TryFromCoordinates(point.X, point.Y));
        Assert.NotNull(EcdsaP256.TryFromSpki(spki));
        Assert.Null(EcdsaP256.TryFromCoordinates(point.Y, point.X));
        Assert.Null(EcdsaP256.TryFromCoordinates(new byte[32], new byte[32]));
        Assert.Null(EcdsaP256.TryFromCoordinates(point.X.AsSpan(1), point.Y));
        Assert.Null(EcdsaP256.TryFromSpki(secp256k1.ExportSubjectPublicKeyInfo()));
        Assert.Null(EcdsaP256.TryFromSpki([.. spki, 0]));
        Assert.Null(EcdsaP256.TryFromSpki(spki.AsSpan(0, spki.Length - 1)));
        Assert.Throws<ArgumentException>(() => Kid.OfKey(secp256k1));
        Assert.Throws<ArgumentException>(() => Kid.OfKey(p384));
        Assert.Throws<ArgumentException>(() => CoseSigner.Sign1(new byte[] { 0xa0 }, new byte[1], secp256k1));
        Assert.Throws<ArgumentException>(() => new P256DeviceKey(secp256k1));
        Assert.Null(P256DeviceKey.TryFromSpki(secp256k1.ExportSubjectPublicKeyInfo()));
        Assert.Null(P256DeviceKey.TryFromSpki([.. spki, 0]));
    }

    [Fact]
    public void Kid_is_the_start_of_the_hash_over_the_public_key()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] expected = SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..8];

        Assert.Equal(expected, Kid.OfKey(key).ToBytes());
        Assert.Equal(Convert.ToHexStringLower(expected), Kid.OfKey(key).ToString());
        Assert.True(Kid.TryRead(expected, out Kid read) && read == Kid.OfKey(key));
        Assert.False(Kid.TryRead(expected.AsSpan(1), out _));
    }

    private static bool Holds(JsonElement item, ECDsa key) =>
        EcdsaP256.VerifyOnCurve(key, Encoding.UTF8.GetBytes(item.GetProperty("message_utf8").GetString()!), [.. Hex(item, "r"), .. Hex(item, "s")]);

    private static bool IsValid(JsonElement test) => test.GetProperty("result").GetString() == "valid";

    private static byte[] Hex(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);

    private static JsonElement Load(string path) => JsonDocument.Parse(File.ReadAllText(SharedData.PathOf($"vectors/{path}"))).RootElement;
}
