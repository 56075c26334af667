namespace IotAttest.Interop.Tests.Stm32;

/// <summary>The boot counter grows strictly, wherever power is lost.</summary>
[Collection(Stm32Tests.Name)]
public sealed class Stm32CounterTests(Stm32Build build)
{
    // Every step of every kind of start, two cuts in a row, then boots by dice.
    [RequiresNativeBuildTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_count_is_given_twice_after_any_cut(bool isF4)
    {
        (int exitCode, string output) = Stm32Build.Run(isF4 ? build.CounterOfF4 : build.Counter, "3000");

        Assert.True(exitCode == 0, output);
        Assert.StartsWith("ok: ", output, StringComparison.Ordinal);
    }

    [RequiresNativeBuildFact]
    public void Evidence_of_boots_with_power_cuts_in_between_counts_up()
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        ulong last = 0;
        for (int i = 0; i < 24; i++)
        {
            chip.Start(build.Board);
            chip.Set($"cut {i % 6} {i % 5}");
            if (chip.TryAsk("boot") is null)
            {
                chip.Start(build.Board);
                chip.Set("boot");
            }

            ulong count = DecodedEvidence.Of(chip.Attest(SampleBoard.Nonce)).Claims.Counters.BootCount;

            Assert.True(count > last, $"{count} after {last}");
            last = count;
        }
    }

    [RequiresNativeBuildFact]
    public void A_boot_that_cannot_be_counted_gives_no_evidence()
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        const uint BothCountersWriteProtected = Stm32Chip.LockedOptions & ~(3u << (16 + 9));
        chip.Set($"options {BothCountersWriteProtected}");

        HostBoard.AssertError(NativeError.BootCounterFailed, chip.Ask("boot"));
        HostBoard.AssertError(NativeError.NotBooted, chip.Ask($"attest {Convert.ToHexString(SampleBoard.Nonce)}"));
    }

    [RequiresNativeBuildFact]
    public void Identity_and_key_survive_boots_and_cuts()
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        byte[] before = chip.Peek(Stm32Chip.KeyOffset, 0x1000);
        foreach (int step in Enumerable.Range(0, 8))
        {
            chip.Start(build.Board);
            chip.Set($"cut {step} 1");
            chip.TryAsk("boot");
        }

        chip.Start(build.Board);

        Assert.Equal(before, chip.Peek(Stm32Chip.KeyOffset, 0x1000));
        chip.Set("boot");
        Assert.Equal(SampleBoard.UeidBytes, DecodedEvidence.Of(chip.Attest(SampleBoard.Nonce)).Claims.Ueid.ToArray());
    }
}
