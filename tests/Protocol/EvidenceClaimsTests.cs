namespace IotAttest.Protocol.Tests;

public sealed class EvidenceClaimsTests
{
    private const string Longest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(nameof(EvidenceClaims.Nonce), 31, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.Nonce), 32, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.Nonce), 33, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.Ueid), 16, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.Ueid), 17, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.Ueid), 18, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.HardwareModel), 15, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.HardwareModel), 16, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.HardwareModel), 17, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.BootSeed), 15, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.BootSeed), 16, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.BootSeed), 17, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.OemIdBytes), 15, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.OemIdBytes), 16, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.OemIdBytes), 17, DecodeStatus.OutOfRange)]
    public void A_byte_claim_has_one_length(string property, int length, DecodeStatus expected)
    {
        EvidenceClaims claims = Good();
        byte[] value = new byte[length];
        value[0] = 0x01;
        Set(claims, property, value);

        Assert.Equal(expected, claims.Check());
    }

    [Theory]
    [InlineData(nameof(EvidenceClaims.OemId), -1L, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.OemId), 0L, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.OemId), 4294967295L, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.OemId), 4294967296L, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.UptimeSeconds), -1L, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.UptimeSeconds), 0L, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.UptimeSeconds), long.MaxValue, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.BootCount), -1L, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.BootCount), 0L, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.BootCount), long.MaxValue, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.OemBoot), -2, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.OemBoot), -1, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.OemBoot), 1, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.OemBoot), 2, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.DebugStatus), -2, DecodeStatus.OutOfRange)]
    [InlineData(nameof(EvidenceClaims.DebugStatus), -1, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.DebugStatus), 4, DecodeStatus.Ok)]
    [InlineData(nameof(EvidenceClaims.DebugStatus), 5, DecodeStatus.OutOfRange)]
    public void A_number_claim_has_a_range(string property, object value, DecodeStatus expected)
    {
        EvidenceClaims claims = Good();
        Set(claims, property, value);

        Assert.Equal(expected, claims.Check());
    }

    [Theory]
    [InlineData("", DecodeStatus.InvalidText)]
    [InlineData(" ", DecodeStatus.Ok)]
    [InlineData("~", DecodeStatus.Ok)]
    [InlineData("\u001f", DecodeStatus.InvalidText)]
    [InlineData("\u007f", DecodeStatus.InvalidText)]
    [InlineData("\u00e9", DecodeStatus.InvalidText)]
    [InlineData(Longest, DecodeStatus.Ok)]
    [InlineData(Longest + "0", DecodeStatus.InvalidText)]
    public void A_text_claim_is_1_to_64_printable_characters(string text, DecodeStatus expected)
    {
        foreach (string property in new[] { nameof(EvidenceClaims.HardwareVersion), nameof(EvidenceClaims.SoftwareName), nameof(EvidenceClaims.SoftwareVersion) })
        {
            EvidenceClaims claims = Good();
            claims.SoftwareName = "name";
            Set(claims, property, text);

            Assert.Equal(expected, claims.Check());
        }
    }

    [Theory]
    [InlineData(nameof(EvidenceClaims.Nonce))]
    [InlineData(nameof(EvidenceClaims.Ueid))]
    [InlineData(nameof(EvidenceClaims.HardwareModel))]
    [InlineData(nameof(EvidenceClaims.BootSeed))]
    public void A_claim_that_must_be_there_is_missed(string property)
    {
        EvidenceClaims claims = Good();
        Set(claims, property, null);

        Assert.Equal(DecodeStatus.Missing, claims.Check());
    }

    [Fact]
    public void A_set_without_components_is_missed()
    {
        EvidenceClaims claims = Good();
        claims.ClearComponents();

        Assert.Equal(DecodeStatus.Missing, claims.Check());
    }

    [Fact]
    public void Rfc9711_4_2_1_only_ueid_type_RAND_is_taken()
    {
        EvidenceClaims claims = Good();
        claims.Ueid[0] = 0x02;

        Assert.Equal(DecodeStatus.OutOfRange, claims.Check());
    }

    [Fact]
    public void Rfc9711_4_2_7_swversion_needs_swname()
    {
        EvidenceClaims claims = Good();
        claims.SoftwareVersion = "1.2.0";

        Assert.Equal(DecodeStatus.NotAllowed, claims.Check());
    }

    [Theory]
    [InlineData("deployment", 32, true)]
    [InlineData("deployment", 31, false)]
    [InlineData("deployment", 33, false)]
    [InlineData("clr", 32, false)]
    [InlineData("CONFIG", 32, false)]
    [InlineData("kernel", 32, false)]
    [InlineData("", 32, false)]
    [InlineData(null, 32, false)]
    public void A_component_has_a_name_of_the_profile_once_and_a_digest_of_32_bytes(string? name, int digestBytes, bool expected)
    {
        EvidenceClaims claims = Good();

        Assert.Equal(expected, claims.AddComponent(name, new byte[digestBytes]));
        Assert.Equal(expected ? 2 : 1, claims.ComponentCount);
    }

    [Fact]
    public void A_component_without_a_digest_is_not_added() => Assert.False(Good().AddComponent("config", null));

    private static EvidenceClaims Good()
    {
        EvidenceClaims claims = new() { Nonce = new byte[32], Ueid = new byte[17], HardwareModel = new byte[16], BootSeed = new byte[16] };
        claims.Ueid[0] = 0x01;
        claims.AddComponent(EvidenceProfile.Clr, new byte[32]);
        return claims;
    }

    private static void Set(EvidenceClaims claims, string property, object? value) =>
        typeof(EvidenceClaims).GetProperty(property)!.SetValue(claims, value);
}
