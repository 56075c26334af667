using System.Security.Cryptography;
using IotAttest.Interop.Tests.Provisioning;

namespace IotAttest.Interop.Tests.Stm32;

/// <summary>A chip takes an identity and a key once, wherever power is lost meanwhile, and what is shipped takes none.</summary>
[Collection(Stm32Tests.Name)]
public sealed class Stm32ProvisioningTests(Stm32Build build)
{
    private const string AlreadyProvisioned = "error 3";
    private const string LockFailed = "error 6";

    // 1 erase, 56 words of record, check and key, 2 of the marker, 1 of the option bytes.
    private const int Steps = 60;

    private static readonly string Line = new ProvisioningRequest().Line;

    [RequiresNativeBuildFact]
    public void A_chip_is_provisioned_once()
    {
        using Stm32Chip chip = new(build.Factory);

        Assert.StartsWith("provisioned ", chip.Ask(Line), StringComparison.Ordinal);
        Assert.Equal(AlreadyProvisioned, chip.Ask(Line));
        Assert.Equal("-1 0 locked", chip.Ask("facts"));
        chip.Start(build.Factory);
        Assert.Equal(AlreadyProvisioned, chip.Ask(Line));
        Assert.Equal($"{Stm32Chip.LockedOptions}", chip.Ask("options"));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0, "-1 0 open", 0xF7FFAAED)]
    [InlineData(1, "-1 0 locked", 0xF7FF55ED)]
    [InlineData(2, "-1 4 locked", 0xF7FFCCED)]
    public void Read_protection_goes_to_the_level_of_the_build_and_nothing_else_changes(int level, string facts, uint options)
    {
        using Stm32Chip chip = new(build.FactoryOf(level));

        Assert.StartsWith("provisioned ", chip.Ask(Line), StringComparison.Ordinal);

        Assert.Equal(facts, chip.Ask("facts"));
        Assert.Equal($"{options}", chip.Ask("options"));
    }

    [RequiresNativeBuildFact]
    public void Read_protection_is_never_lowered()
    {
        using Stm32Chip chip = new(build.FactoryOf(0));
        const uint LevelOne = (Stm32Chip.NewOptions & ~0xFF00u) | 0x3300;
        chip.Set($"options {LevelOne}");

        Assert.StartsWith("provisioned ", chip.Ask(Line), StringComparison.Ordinal);

        Assert.Equal($"{LevelOne & ~(1u << 27)}", chip.Ask("options"));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0xFFFFCCED)] // the option bytes are frozen
    [InlineData(0xDFFFAAED)] // two banks: no key is written at all
    public void A_chip_that_cannot_be_locked_is_not_provisioned(uint options)
    {
        using Stm32Chip chip = new(build.Factory);
        chip.Set($"options {options}");

        string answer = chip.Ask(Line);

        Assert.Equal(options == 0xFFFFCCED ? LockFailed : "error 5", answer);
        Assert.EndsWith("open", chip.Ask("facts"), StringComparison.Ordinal);
    }

    [RequiresNativeBuildFact]
    public void A_write_protected_sector_takes_no_key_even_when_it_is_blank()
    {
        using Stm32Chip chip = new(build.Factory);
        chip.Set($"options {Stm32Chip.LockedOptions}");

        Assert.Equal(AlreadyProvisioned, chip.Ask(Line));
    }

    [RequiresNativeBuildFact]
    public void After_a_power_cut_the_chip_is_new_or_complete()
    {
        // All kinds of cut where it is decided, one kind elsewhere.
        int[] kinds = [0, 1, 2];
        IEnumerable<(int Step, int Kind)> cuts = Enumerable.Range(0, Steps).SelectMany(step => step > Steps - 5 ? kinds : [step % 3], (step, kind) => (step, kind));

        bool[] complete = [.. cuts.Select(cut => IsCompleteAfterCut(cut.Step, cut.Kind))];

        Assert.Contains(true, complete);
        Assert.Contains(false, complete);
    }

    [RequiresNativeBuildFact]
    public void A_power_cut_between_marker_and_lock_is_made_good_by_the_same_line()
    {
        using Stm32Chip chip = CutBeforeTheLock(Line);

        string answer = chip.Ask(Line);

        Assert.Equal($"provisioned {Convert.ToHexStringLower(SHA256.HashData(SampleBoard.UeidBytes)[..8])}", answer);
        Assert.Equal("-1 0 locked", chip.Ask("facts"));
        Assert.Equal(AlreadyProvisioned, chip.Ask(Line));
        chip.Start(build.Board);
        chip.Set("boot");
        Assert.Equal(SampleBoard.UeidBytes, DecodedEvidence.Of(chip.Attest(SampleBoard.Nonce)).Claims.Ueid.ToArray());
    }

    [RequiresNativeBuildTheory]
    [InlineData(ProvisioningRequest.KeyAt)]
    [InlineData(ProvisioningRequest.KeyAt + 31)]
    [InlineData(ProvisioningRequest.UeidAt + 5)]
    public void Another_line_than_the_one_that_was_cut_finds_the_board_taken(int changedAt)
    {
        using Stm32Chip chip = CutBeforeTheLock(Line);
        ProvisioningRequest other = new();
        other.Bytes[changedAt] ^= 1;

        Assert.Equal(AlreadyProvisioned, chip.Ask(other.Line));

        Assert.EndsWith("open", chip.Ask("facts"), StringComparison.Ordinal);
        Assert.StartsWith("provisioned ", chip.Ask(Line), StringComparison.Ordinal);
    }

    [RequiresNativeBuildFact]
    public void A_key_that_the_chip_made_is_not_made_again_after_a_power_cut()
    {
        string line = ProvisioningRequest.MadeOnChip().Line;
        using Stm32Chip chip = CutBeforeTheLock(line);

        Assert.Equal(AlreadyProvisioned, chip.Ask(line));

        Assert.EndsWith("open", chip.Ask("facts"), StringComparison.Ordinal);
    }

    [RequiresNativeBuildFact]
    public void An_erase_that_was_cut_short_is_done_again()
    {
        foreach (int kind in Enumerable.Range(0, 6))
        {
            Assert.False(IsCompleteAfterCut(0, kind));
        }
    }

    [RequiresNativeBuildFact]
    public void What_is_shipped_refuses_and_has_no_symbol_of_provisioning()
    {
        using Stm32Chip chip = new(build.Board);

        Assert.Equal("refused", chip.Ask(Line));
        string symbols = Stm32Build.Run("nm", "-C", build.Firmware("iotattest-stm32")).Output;
        string factory = Stm32Build.Run("nm", "-C", build.Firmware("iotattest-stm32-factory")).Output;
        Assert.All((string[])["rovision", "make_key", "public_key", "::store(", "::lock("], word =>
        {
            Assert.DoesNotContain(word, symbols, StringComparison.Ordinal);
            Assert.Contains(word, factory, StringComparison.Ordinal);
        });
        Assert.Contains("next_boot_count", symbols, StringComparison.Ordinal);
    }

    private Stm32Chip CutBeforeTheLock(string line)
    {
        Stm32Chip chip = new(build.Factory);
        chip.Set($"cut {Steps - 1} 0");
        Assert.Null(chip.TryAsk(line));
        chip.Start(build.Factory);
        Assert.Equal("-1 0 open", chip.Ask("facts"));
        return chip;
    }

    // Whether the chip calls itself provisioned when power comes back; it then attests, else it is provisioned at the second try.
    private bool IsCompleteAfterCut(int step, int kind)
    {
        using Stm32Chip chip = new(build.Factory);
        chip.Poke(Stm32Chip.KeyOffset, [1, 2, 3]); // something was there before
        chip.Set($"cut {step} {kind}");
        Assert.Null(chip.TryAsk(Line));
        chip.Start(build.Factory);
        string answer = chip.Ask(Line);
        bool isComplete = answer == AlreadyProvisioned;

        Assert.True(isComplete || answer.StartsWith("provisioned ", StringComparison.Ordinal), $"step {step}, cut {kind}: {answer}");
        chip.Set($"options {Stm32Chip.LockedOptions}"); // as the programmer at the end of the line does
        chip.Set("boot");
        Assert.Equal(SampleBoard.UeidBytes, DecodedEvidence.Of(chip.Attest(SampleBoard.Nonce)).Claims.Ueid.ToArray());
        return isComplete;
    }
}
