using IotAttest.Interop.Tests.Provisioning;

namespace IotAttest.Interop.Tests.Stm32;

/// <summary>The provisioning firmware whole: lines in, answers out, and nothing of a product in it.</summary>
[Collection(Stm32Tests.Name)]
public sealed class Stm32ConsoleTests(Stm32Build build)
{
    private const string BadRequest = "error 1";
    private const string AlreadyProvisioned = "error 3";

    private static readonly string Line = new ProvisioningRequest().Line;

    [RequiresNativeBuildFact]
    public void A_line_provisions_the_board_and_the_next_finds_it_taken()
    {
        using Stm32Chip chip = new(build.Console);

        Assert.StartsWith("provisioned ", chip.Ask(Line), StringComparison.Ordinal);
        Assert.Equal(AlreadyProvisioned, chip.Ask(Line));
        chip.Start(build.Board);
        Assert.Equal("-1 0 locked", chip.Ask("facts"));
        chip.Set("boot");
        Assert.Equal(SampleBoard.UeidBytes, DecodedEvidence.Of(chip.Attest(SampleBoard.Nonce)).Claims.Ueid.ToArray());
    }

    [RequiresNativeBuildTheory]
    [InlineData("hello")]
    [InlineData("boot")]
    [InlineData("provision ")]
    [InlineData("provision zz")]
    [InlineData("\u0001\u0002\u007f")]
    public void Garbage_is_refused_and_the_next_line_is_read(string garbage)
    {
        using Stm32Chip chip = new(build.Console);

        Assert.Equal(BadRequest, chip.Ask(garbage));

        Assert.StartsWith("provisioned ", chip.Ask(Line), StringComparison.Ordinal);
    }

    [RequiresNativeBuildTheory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void A_line_that_is_too_long_is_skipped_to_its_end(int tooMany)
    {
        using Stm32Chip chip = new(build.Console);

        Assert.Equal(BadRequest, chip.Ask(Line + new string('a', tooMany)));

        Assert.StartsWith("provisioned ", chip.Ask(Line), StringComparison.Ordinal);
    }

    [RequiresNativeBuildFact]
    public void Lines_without_a_byte_get_no_answer()
    {
        using Stm32Chip chip = new(build.Console);

        Assert.StartsWith("provisioned ", chip.Ask("\r\n\n\r" + Line), StringComparison.Ordinal);
    }

    [RequiresNativeBuildFact]
    public void The_firmware_of_the_factory_has_no_managed_call_and_no_evidence_start()
    {
        string symbols = Stm32Build.Run("nm", "-C", build.Console).Output;

        Assert.Contains("iotattest_factory", symbols, StringComparison.Ordinal);
        Assert.All((string[])["iotattest_boot", "NativeAttester", "is_closed"], word => Assert.DoesNotContain(word, symbols, StringComparison.Ordinal));
    }
}
