using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Interop.Tests.Provisioning;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Stm32;

/// <summary>Evidence through the port of STM32 at the verifier, and no evidence where the port must not give any.</summary>
[Collection(Stm32Tests.Name)]
public sealed class Stm32EvidenceTests(Stm32Build build)
{
    private static readonly string Nonce = Convert.ToHexString(SampleBoard.Nonce);

    private readonly FakeClock _clock = new();
    private readonly ChallengeKey _challenges = new(1, RandomNumberGenerator.GetBytes(ChallengeKey.SecretBytes));

    [RequiresNativeBuildFact]
    public void Evidence_under_an_HMAC_key_is_accepted()
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        byte[] application = RandomNumberGenerator.GetBytes(5000);
        chip.Poke(Stm32Chip.DeploymentOffset, application);
        chip.Set("uptime 77");
        chip.Set("boot");

        DecodedEvidence decoded = Answer(chip);

        Assert.Null(Verify(decoded, DeviceKeyKind.Hmac, new HmacDeviceKey(SampleBoard.Key), Kid.OfUeid(SampleBoard.UeidBytes)));
        Assert.Equal(new BootFacts(null, 0), decoded.Claims.BootFacts);
        Assert.Equal((1UL, 77UL), (decoded.Claims.Counters.BootCount, decoded.Claims.Counters.UptimeSeconds));
        byte[] region = [.. application, .. Enumerable.Repeat((byte)0xFF, Stm32Chip.DeploymentBytes - application.Length)];
        Assert.Equal(SHA256.HashData(region), decoded.DigestOf("deployment"));
        Assert.Equal(SHA256.HashData(Enumerable.Repeat((byte)0xFF, 0xB0000).ToArray()), decoded.DigestOf("clr"));
    }

    [RequiresNativeBuildFact]
    public void Evidence_under_a_key_made_on_the_chip_is_accepted()
    {
        using Stm32Chip chip = new(build.Factory);
        string[] answer = chip.Ask(ProvisioningRequest.MadeOnChip().Line).Split(' ');
        byte[] xy = Convert.FromHexString(answer[2]);
        using ECDsa key = EcdsaP256.TryFromCoordinates(xy.AsSpan(0, 32), xy.AsSpan(32))!;
        using P256DeviceKey deviceKey = new(ECDsa.Create(key.ExportParameters(false)));
        chip.Start(build.Board);
        chip.Set("boot");

        Assert.Null(Verify(Answer(chip), DeviceKeyKind.P256, deviceKey, Kid.OfKey(key)));
    }

    [RequiresNativeBuildFact]
    public void A_changed_byte_of_each_measured_region_shows()
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        chip.Set("boot");
        DecodedEvidence before = Answer(chip);
        (string Name, int Last)[] ends = [("bootloader", 0x7FFF), ("clr", 0xBFFFF), ("deployment", 0x13FFFF)];
        foreach ((string _, int last) in ends)
        {
            chip.Poke(last, [0]);
        }

        chip.Set("boot");
        DecodedEvidence after = Answer(chip);

        Assert.All(ends, end => Assert.NotEqual(before.DigestOf(end.Name), after.DigestOf(end.Name)));
    }

    [RequiresNativeBuildFact]
    public void Configuration_and_state_are_not_measured()
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        chip.Set("boot");
        DecodedEvidence before = Answer(chip);
        chip.Poke(0x8000, [1]);
        chip.Poke(0x17FFFF, [1]);

        DecodedEvidence after = Answer(chip);

        Assert.All((string[])["bootloader", "clr", "deployment"], name => Assert.Equal(before.DigestOf(name), after.DigestOf(name)));
    }

    // The data cache of a Cortex-M7 keeps what the first measurement read.
    [RequiresNativeBuildFact]
    public void A_change_behind_the_data_cache_is_seen()
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        chip.Set("boot");
        chip.Poke(Stm32Chip.DeploymentOffset + 4096, [0]);

        HostBoard.AssertError(NativeError.DeploymentChanged, chip.Ask($"attest {Nonce}"));
    }

    [RequiresNativeBuildFact]
    public void A_write_to_a_measured_region_ends_evidence_until_the_next_start()
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        chip.Set("boot");
        chip.Ask($"write {0x08008000} 4");
        Answer(chip);
        chip.Ask($"write {0x080C0000} 4");

        HostBoard.AssertError(NativeError.WrittenSinceBoot, chip.Ask($"attest {Nonce}"));
        chip.Set("boot");
        Answer(chip);
    }

    [RequiresNativeBuildTheory]
    [InlineData(0x080C0000, 0x80000, true)]
    [InlineData(0x080C0000, 0x80001, false)] // reaches into state
    [InlineData(0x20020000, 100, false)] // RAM
    [InlineData(0x08008000, 100, false)] // configuration
    public void A_loaded_assembly_has_to_lie_in_measured_flash(uint address, uint length, bool accepted)
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        chip.Set("boot");
        chip.Set($"assembly {address} {length}");

        string answer = chip.Ask($"attest {Nonce}");

        Assert.Equal(accepted ? "evidence" : $"error {(int)NativeError.AssemblyOutside}", accepted ? answer.Split(' ')[0] : answer);
    }

    [RequiresNativeBuildTheory]
    [InlineData(Stm32Chip.LockedOptions | 0x08000000)] // the key's sector can be written
    [InlineData((Stm32Chip.LockedOptions & ~0xFF00u) | 0xAA00u)] // a debugger can read it
    public void A_board_whose_key_is_not_locked_gives_no_evidence(uint options)
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        chip.Set($"options {options}");
        chip.Set("boot");

        HostBoard.AssertError(NativeError.BadClaims, chip.Ask($"attest {Nonce}"));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0)] // identity
    [InlineData(160)] // key
    [InlineData(192)] // check
    [InlineData(224)] // marker
    [InlineData(231)]
    public void Worn_flash_of_the_key_gives_no_evidence(int offset)
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        byte seen = chip.Peek(Stm32Chip.KeyOffset + offset, 1)[0];
        chip.Poke(Stm32Chip.KeyOffset + offset, [(byte)(seen ^ 1)]);
        chip.Start(build.Board);
        chip.Set("boot");

        HostBoard.AssertError(NativeError.BadClaims, chip.Ask($"attest {Nonce}"));
    }

    [RequiresNativeBuildFact]
    public void Random_bytes_differ()
    {
        using Stm32Chip chip = new(build.Board);

        Assert.Equal(8, Enumerable.Range(0, 8).Select(_ => chip.Ask("draw")).Distinct().Count());
    }

    [RequiresNativeBuildTheory]
    [InlineData("random 0", false)] // never ready
    [InlineData("random 3", true)] // clock error
    [InlineData("random 5", true)] // seed error
    [InlineData("random 65", true)] // a seed error since it was last cleared
    [InlineData("repeat", false)] // the same word again and again
    public void A_generator_that_fails_gives_no_boot_seed(string fault, bool recovers)
    {
        using Stm32Chip chip = Stm32Chip.Provisioned(build);
        chip.Set(fault);

        HostBoard.AssertError(NativeError.RandomFailed, chip.Ask("boot"));
        Assert.Equal(recovers ? "ok" : $"error {(int)NativeError.RandomFailed}", chip.Ask("boot"));
    }

    private DecodedEvidence Answer(Stm32Chip chip) => DecodedEvidence.Of(chip.Attest(_challenges.Mint(SampleBoard.UeidBytes, _clock.GetUtcNow())));

    private Refusal? Verify(DecodedEvidence decoded, DeviceKeyKind kind, IDeviceKey key, Kid kid) =>
        EvidenceCheck.Verify(decoded.Envelope, decoded.Claims, SampleBoard.Enrolled(kind, kid.Value), key, IsFresh, out _);

    private Refusal? IsFresh(DecodedClaims claims, DeviceIdentity device, out FreshnessStamp stamp) =>
        ChallengeCheck.Check([_challenges], claims.Nonce.Span, claims.Ueid.Span, _clock.GetUtcNow(), out stamp);
}
