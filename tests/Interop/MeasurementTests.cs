using System.Security.Cryptography;

namespace IotAttest.Interop.Tests;

[Collection(NativeTests.Name)]
public sealed class MeasurementTests(NativeBuild build)
{
    [RequiresNativeBuildFact]
    public void Each_digest_is_the_SHA_256_of_the_whole_region()
    {
        byte[] flash = SampleBoard.Flash();
        using HostBoard board = SampleBoard.Booted(build.Host, flash);

        DecodedEvidence evidence = DecodedEvidence.Of(board.Attest(SampleBoard.Nonce));

        Assert.Equal(SampleBoard.Regions.Length, evidence.Claims.Measured.Components.Length);
        Assert.All(SampleBoard.Regions, region => Assert.Equal(SHA256.HashData(flash.AsSpan(region.Offset, region.Length)), evidence.DigestOf(region.Name)));
    }

    [RequiresNativeBuildTheory]
    [InlineData(1, 1)]
    [InlineData(255, 1)]
    [InlineData(256, 1)]
    [InlineData(257, 1)]
    [InlineData(4095, 1)]
    [InlineData(4096, 1)]
    [InlineData(4097, 2)]
    [InlineData(8192, 2)]
    [InlineData(8193, 3)]
    public void A_step_measures_at_most_4096_bytes(int length, int steps)
    {
        byte[] flash = new byte[length];
        new Random(length).NextBytes(flash);
        using HostBoard board = SampleBoard.Configured(build.Host, flash, [$"region deployment 0 {length} plain", "boot", $"begin {Convert.ToHexString(SampleBoard.Nonce)}"]);

        for (int step = 1; step < steps; step++)
        {
            Assert.Equal("more", board.Ask("step"));
        }

        Assert.Equal("ok", board.Ask("step"));
        Assert.Equal(SHA256.HashData(flash), DecodedEvidence.Of(HostBoard.EvidenceIn(board.Ask("finish"))).DigestOf("deployment"));
    }

    [RequiresNativeBuildTheory]
    [InlineData("region clr 0 4096 plain")]
    [InlineData("region deployment 0 0 plain")]
    [InlineData("region deployment 0 4096 plain;region deployment 0 4096 plain")]
    [InlineData("region deployment 0 4096 plain;region inventory 0 4096 plain")]
    [InlineData("region deployment 0 67108865 plain")]
    [InlineData("")]
    public void A_region_list_that_no_port_may_have_yields_no_boot(string regions)
    {
        using HostBoard board = SampleBoard.Configured(build.Host, new byte[8192], regions.Split(';', StringSplitOptions.RemoveEmptyEntries));

        HostBoard.AssertError(NativeError.BadRegion, board.Ask("boot"));
    }

    [RequiresNativeBuildFact]
    public void A_region_beyond_the_end_of_flash_is_a_read_error()
    {
        using HostBoard board = SampleBoard.Configured(build.Host, new byte[8192], ["region deployment 4096 4097 plain"]);

        HostBoard.AssertError(NativeError.ReadFailed, board.Ask("boot"));
    }

    [RequiresNativeBuildFact]
    public void Without_random_bytes_or_with_a_fact_outside_the_profile_there_is_no_evidence()
    {
        using HostBoard board = SampleBoard.Booted(build.Host);
        board.Set("facts 1 5 00112233445566778899aabbccddeeff");
        HostBoard.AssertError(NativeError.BadClaims, board.Ask($"attest {Convert.ToHexString(SampleBoard.Nonce)}"));

        board.Set("facts 1 4 0011");
        HostBoard.AssertError(NativeError.RandomFailed, board.Ask("boot"));
        HostBoard.AssertError(NativeError.NotBooted, board.Ask($"attest {Convert.ToHexString(SampleBoard.Nonce)}"));
    }

    [RequiresNativeBuildTheory]
    [InlineData("finish")]
    [InlineData("finish 1")]
    [InlineData("begin 00000000000000000000000000000000000000000000000000000000000000ff")]
    public void Nonce_and_digests_are_wiped_when_a_measurement_ends(string end)
    {
        byte[] flash = SampleBoard.Flash();
        string nonce = Convert.ToHexString(SampleBoard.Nonce);
        string clr = Convert.ToHexString(SHA256.HashData(flash.AsSpan(SampleBoard.Regions[1].Offset, SampleBoard.Regions[1].Length)));
        using HostBoard board = SampleBoard.Booted(build.Host, flash);
        board.Set($"begin {nonce}");
        board.StepToEnd();
        string[] before = [board.Ask($"find {nonce}"), board.Ask($"find {clr}")];

        board.Ask(end);

        Assert.Equal(["found", "found"], before);
        Assert.Equal("absent", board.Ask($"find {nonce}"));
        Assert.Equal("absent", board.Ask($"find {clr}"));
    }

    [Fact]
    public void Error_numbers_are_those_of_the_native_header()
    {
        IEnumerable<string> native = File.ReadLines(Path.Combine(NativeBuild.Sources, "core", "error.h"))
            .Select(line => line.Split("//")[0].Trim().TrimEnd(','))
            .Where(line => line.Contains(" = ", StringComparison.Ordinal));

        Assert.Equal(Enum.GetValues<NativeError>().Select(error => $"{error} = {(int)error}"), native);
    }
}
