using System.Security.Cryptography;

namespace IotAttest.Interop.Tests;

/// <summary>What an application does that wants evidence about a deployment which is not there any more.</summary>
[Collection(NativeTests.Name)]
public sealed class LyingApplicationTests(NativeBuild build)
{
    private const int Inside = SampleBoard.DeploymentOffset + 100;

    private static readonly string Nonce = Convert.ToHexString(SampleBoard.Nonce);
    private static readonly byte[] Changed = [0xDE, 0xAD];

    [RequiresNativeBuildTheory]
    [InlineData("write")]
    [InlineData("poke")]
    public void No_call_yields_evidence_over_a_deployment_that_changed_after_boot(string how)
    {
        using HostBoard board = SampleBoard.Booted(build.Host);
        Assert.NotEmpty(board.Attest(SampleBoard.Nonce));

        board.Set($"{how} {Inside} {Convert.ToHexString(Changed)}");

        string[] answers = [board.Ask($"attest {Nonce}"), board.Ask("finish"), board.Ask("step"), board.Ask($"begin {Nonce}"), board.Ask("step"), board.StepToEnd(), board.Ask("finish")];
        Assert.All(answers, answer => Assert.True(answer is "ok" or "more" || answer.StartsWith("error", StringComparison.Ordinal), answer));
        HostBoard.AssertError(how == "write" ? NativeError.WrittenSinceBoot : NativeError.DeploymentChanged, answers[0]);
    }

    [RequiresNativeBuildFact]
    public void After_a_restart_evidence_tells_the_digest_of_what_was_changed()
    {
        byte[] flash = SampleBoard.Flash();
        using HostBoard board = SampleBoard.Booted(build.Host, flash);
        byte[] old = DecodedEvidence.Of(board.Attest(SampleBoard.Nonce)).DigestOf("deployment");
        board.Write(Inside, Changed);
        Changed.CopyTo(flash, Inside);

        board.Set("boot");
        DecodedEvidence evidence = DecodedEvidence.Of(board.Attest(SampleBoard.Nonce));

        Assert.NotEqual(old, evidence.DigestOf("deployment"));
        Assert.Equal(SHA256.HashData(flash.AsSpan(SampleBoard.DeploymentOffset, SampleBoard.DeploymentBytes)), evidence.DigestOf("deployment"));
        Assert.Equal(43UL, evidence.Claims.Counters.BootCount);
    }

    [RequiresNativeBuildTheory]
    [InlineData(SampleBoard.DeploymentOffset)]
    [InlineData(SampleBoard.DeploymentOffset + SampleBoard.DeploymentBytes - 1)]
    [InlineData(SampleBoard.ClrOffset)]
    [InlineData(0)]
    public void A_byte_changed_and_put_back_between_boot_and_challenge_yields_an_error(int offset)
    {
        byte[] flash = SampleBoard.Flash();
        using HostBoard board = SampleBoard.Booted(build.Host, flash);

        board.Write(offset, [(byte)~flash[offset]]);
        board.Write(offset, [flash[offset]]);

        HostBoard.AssertError(NativeError.WrittenSinceBoot, board.Ask($"begin {Nonce}"));
        HostBoard.AssertError(NativeError.NotMeasured, board.Ask("finish"));
    }

    [RequiresNativeBuildFact]
    public void A_byte_changed_and_put_back_between_any_two_steps_yields_an_error()
    {
        byte[] flash = SampleBoard.Flash();
        int steps = SampleBoard.Regions.Sum(region => (region.Length + SampleBoard.StepBytes - 1) / SampleBoard.StepBytes);
        for (int before = 0; before <= steps; before++)
        {
            using HostBoard board = SampleBoard.Booted(build.Host, flash);
            board.Set($"begin {Nonce}");
            for (int step = 1; step <= before; step++)
            {
                Assert.Equal(step == steps ? "ok" : "more", board.Ask("step"));
            }

            board.Write(Inside, Changed);
            board.Write(Inside, flash[Inside..(Inside + Changed.Length)]);

            HostBoard.AssertError(NativeError.WrittenSinceBoot, board.Ask(before == steps ? "finish" : "step"));
            HostBoard.AssertError(NativeError.NotMeasured, board.Ask("finish"));
        }
    }

    [RequiresNativeBuildFact]
    public void A_byte_changed_between_steps_behind_the_flash_driver_shows_in_the_digest()
    {
        using HostBoard board = SampleBoard.Booted(build.Host);
        board.Set($"begin {Nonce}");
        Assert.Equal("more", board.Ask("step"));

        board.Poke(Inside, Changed);

        HostBoard.AssertError(NativeError.DeploymentChanged, board.StepToEnd());
        HostBoard.AssertError(NativeError.NotMeasured, board.Ask("finish"));
    }

    [RequiresNativeBuildFact]
    public void A_write_outside_measured_regions_changes_nothing()
    {
        using HostBoard board = SampleBoard.Booted(build.Host);
        byte[] evidence = board.Attest(SampleBoard.Nonce);

        board.Write(0x1800, Changed);

        Assert.Equal(evidence, board.Attest(SampleBoard.Nonce));
    }

    [RequiresNativeBuildFact]
    public void A_nonce_serves_once_and_only_after_the_whole_measurement()
    {
        using HostBoard board = SampleBoard.Booted(build.Host);

        HostBoard.AssertError(NativeError.NotMeasuring, board.Ask("step"));
        board.Set($"begin {Nonce}");
        HostBoard.AssertError(NativeError.NotMeasured, board.Ask("finish"));
        HostBoard.AssertError(NativeError.NotMeasuring, board.Ask("step"));
        board.Set($"begin {Nonce}");
        Assert.Equal("ok", board.StepToEnd());
        HostBoard.EvidenceIn(board.Ask("finish"));
        HostBoard.AssertError(NativeError.NotMeasured, board.Ask("finish"));
    }

    [RequiresNativeBuildTheory]
    [InlineData(767, false)]
    [InlineData(768, true)]
    public void The_buffer_has_room_for_the_largest_evidence(int capacity, bool isEnough)
    {
        using HostBoard board = SampleBoard.Booted(build.Host);
        board.Set($"begin {Nonce}");
        board.StepToEnd();

        string answer = board.Ask($"finish {capacity}");

        Assert.Equal(isEnough ? "evidence" : $"error {(int)NativeError.BufferTooSmall}", isEnough ? answer.Split(' ')[0] : answer);
    }

    [RequiresNativeBuildFact]
    public void There_is_no_evidence_before_boot()
    {
        using HostBoard board = SampleBoard.Configured(build.Host, SampleBoard.Flash(), ["region deployment 0 4096 plain"]);

        HostBoard.AssertError(NativeError.NotBooted, board.Ask($"attest {Nonce}"));
    }
}
