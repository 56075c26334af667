namespace IotAttest.Interop.Tests.Stm32;

/// <summary>What the option bytes make of oemboot, dbgstat (RFC 9711 sections 4.2.8 and 4.2.9) and the lock of the key; -1 leaves a claim out.</summary>
[Collection(Stm32Tests.Name)]
public sealed class Stm32ProtectionTests(Stm32Build build)
{
    private const uint Sector0 = 1u << 16;
    private const uint Sector11 = 1u << 27;
    private const uint SingleBank = 1u << 29;

    [RequiresNativeBuildTheory]
    [InlineData(0xAA, 0u, "-1 0 open")]
    [InlineData(0xAA, Sector11, "-1 0 open")]
    [InlineData(0x55, 0u, "-1 0 open")]
    [InlineData(0x55, Sector11, "-1 0 locked")]
    [InlineData(0x00, Sector11, "-1 0 locked")] // every other byte is level 1
    [InlineData(0xFF, Sector11, "-1 0 locked")]
    [InlineData(0xAB, Sector11, "-1 0 locked")]
    [InlineData(0xCC, 0u, "-1 4 open")]
    [InlineData(0xCC, Sector11, "-1 4 locked")]
    [InlineData(0xCC, Sector11 | Sector0, "-1 4 locked")]
    [InlineData(0x55, Sector11 | SingleBank, "-1 0 open")] // two banks: the bit is another sector's
    public void Option_bytes_say_what_is_claimed(uint level, uint cleared, string expected)
    {
        using Stm32Chip chip = new(build.Board);

        Assert.Equal(expected, Facts(chip, level, cleared));
    }

    // A verified boot loader counts only while nobody can replace it.
    [RequiresNativeBuildTheory]
    [InlineData(0xAA, Sector11 | Sector0, "0 0 open")]
    [InlineData(0x55, Sector11 | Sector0, "0 0 locked")]
    [InlineData(0xCC, Sector11, "0 4 locked")]
    [InlineData(0xCC, Sector11 | Sector0, "1 4 locked")]
    public void A_build_with_a_verified_boot_loader_claims_it_when_it_is_locked(uint level, uint cleared, string expected)
    {
        using Stm32Chip chip = new(build.Verified);

        Assert.Equal(expected, Facts(chip, level, cleared));
    }

    private static string Facts(Stm32Chip chip, uint level, uint cleared)
    {
        chip.Set($"options {(Stm32Chip.NewOptions & ~0xFF00u & ~cleared) | (level << 8)}");
        return chip.Ask("facts");
    }
}
