using System.Security.Cryptography;

using IotAttest.Protocol;
using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>The simulated flash measures what is in it.</summary>
public sealed class FlashTests : IDisposable
{
    private readonly TestBoard _board = new(port: 1);

    public void Dispose() => _board.Dispose();

    [Fact]
    public void Each_digest_is_the_sha256_of_the_whole_region_with_its_erased_tail()
    {
        byte[] image = File.ReadAllBytes(Path.Combine(_board.Folder, "flash.bin"));

        Dictionary<string, byte[]> digests = Measure();

        foreach (FlashRegion region in TestBoard.Regions)
        {
            Assert.Equal(SHA256.HashData(image.AsSpan((int)region.Offset, region.Size)), digests[region.Name]);
        }

        Assert.Equal(FlashImage.Erased, image[0xB000 + 3]);
    }

    [Theory]
    [InlineData("bootloader", 0)]
    [InlineData("partitions", 0xBFF)]
    [InlineData("clr", 0x8FFF)]
    [InlineData("deployment", 3)]
    [InlineData("deployment", 0x47FF)]
    public void One_byte_changed_changes_exactly_the_digest_of_its_component(string region, int offset)
    {
        Dictionary<string, byte[]> before = Measure();

        _board.Board.WriteFlash(region, offset, [0x5A]);
        Dictionary<string, byte[]> after = Measure();

        string[] changed = [.. TestBoard.Regions.Select(each => each.Name).Where(name => !before[name].SequenceEqual(after[name]))];
        Assert.Equal([region], changed);
    }

    [Fact]
    public void A_written_region_still_measures_as_the_sha256_of_its_content()
    {
        _board.Board.WriteFlash("clr", 4090, [9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]);
        byte[] content = new byte[0x9000];
        _board.Flash.Read(0x2000, content);

        Assert.Equal(9, content[4090]);
        Assert.Equal(SHA256.HashData(content), Measure()["clr"]);
    }

    [Fact]
    public void Flashing_a_region_erases_the_rest_of_it()
    {
        byte[] expected = new byte[0x9000];
        Array.Fill(expected, FlashImage.Erased);
        expected[0] = 1;

        _board.Board.FlashRegion("clr", [1]);

        Assert.Equal(SHA256.HashData(expected), Measure()["clr"]);
    }

    [Fact]
    public void The_old_content_put_back_measures_as_before()
    {
        byte[] before = Measure()["deployment"];
        byte[] old = new byte[1];
        _board.Flash.Read(0xB000, old);

        _board.Board.WriteFlash("deployment", 0, [0x00]);
        _board.Board.WriteFlash("deployment", 0, old);

        Assert.Equal(before, Measure()["deployment"]);
    }

    [Fact]
    public void What_was_written_is_there_after_the_board_was_switched_off()
    {
        _board.Board.WriteFlash("deployment", 16, [0x5A]);
        byte[] written = Measure()["deployment"];
        using FlashImage image = FlashImage.Open(Path.Combine(_board.Folder, "flash.bin"));
        SimulatedFlash again = new(image, TestBoard.Regions, Path.Combine(_board.Folder, "flash.overlay"));

        Assert.Equal(written, Measure(again)["deployment"]);
    }

    [Fact]
    public void One_image_serves_many_boards_and_none_sees_what_another_wrote()
    {
        using FlashImage image = FlashImage.Open(Path.Combine(_board.Folder, "flash.bin"));
        SimulatedFlash one = new(image, TestBoard.Regions, Path.Combine(_board.Folder, "one"));
        SimulatedFlash other = new(image, TestBoard.Regions, Path.Combine(_board.Folder, "other"));
        byte[] before = Measure(other)["deployment"];

        one.Write(0xB000, [0x5A]);

        Assert.Equal(before, Measure(other)["deployment"]);
        Assert.NotEqual(before, Measure(one)["deployment"]);
    }

    [Fact]
    public void A_write_beyond_the_region_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _board.Board.WriteFlash("partitions", 0xBFF, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _board.Board.FlashRegion("partitions", new byte[0xC01]));
        Assert.Throws<ArgumentException>(() => _board.Board.WriteFlash("config", 0, [1]));
    }

    [Theory]
    [InlineData("deployment", 0xB000, 0x5000, true)]
    [InlineData("deployment", 0xB000, 0x5001, false)]
    [InlineData("deployment", -1, 16, false)]
    [InlineData("deployment", 0, 0, false)]
    [InlineData("inventory", 0, 16, false)]
    [InlineData("wifi", 0, 16, false)]
    public void A_measured_region_has_a_name_of_the_profile_and_lies_inside_the_flash(string name, long offset, int size, bool expected)
    {
        using FlashImage image = FlashImage.Open(Path.Combine(_board.Folder, "flash.bin"));

        Exception? refusal = Record.Exception(() => new SimulatedFlash(image, [new FlashRegion(name, offset, size)], Path.Combine(_board.Folder, "none")));

        Assert.Equal(expected, refusal is null);
        Assert.True(refusal is null or ArgumentException);
    }

    [Fact]
    public void Regions_are_at_least_one_and_each_name_stands_once()
    {
        using FlashImage image = FlashImage.Open(Path.Combine(_board.Folder, "flash.bin"));
        FlashRegion clr = new("clr", 0, 16);

        Assert.Throws<ArgumentException>(() => new SimulatedFlash(image, [], "none"));
        Assert.Throws<ArgumentException>(() => new SimulatedFlash(image, [clr, clr], "none"));
    }

    [Fact]
    public void A_write_while_measuring_yields_no_evidence()
    {
        using FlashMeasurer measurer = new(_board.Flash);
        measurer.Begin();
        measurer.Step();
        _board.Board.WriteFlash("bootloader", 0, [0x5A]);
        while (measurer.Step())
        {
        }

        Assert.Equal(EvidenceStatus.MeasurementChanged, measurer.AddTo(new EvidenceClaims()));
    }

    [RequiresToolFact("mosquitto")]
    public void A_deployment_changed_since_boot_yields_no_evidence_until_the_reboot_shows_it()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port) { ChallengesOnHello = true };
        using TestBoard board = new(broker.Port);
        board.Board.Start();
        byte[] genuine = new DecodedEvidence(verifier.NextEvidence()).Digests["deployment"];
        board.AwaitStatus(AgentStatus.EvidenceAcknowledged);

        board.Board.WriteFlash("deployment", 0, [0x5A]);
        verifier.Challenge(board.Board.UeidHex);
        board.AwaitStatus(AgentStatus.MeasurementChanged);
        Assert.Empty(verifier.Evidence);
        board.Board.Reboot();

        Assert.NotEqual(genuine, new DecodedEvidence(verifier.NextEvidence()).Digests["deployment"]);
    }

    private Dictionary<string, byte[]> Measure() => Measure(_board.Flash);

    private static Dictionary<string, byte[]> Measure(SimulatedFlash flash)
    {
        using FlashMeasurer measurer = new(flash);
        EvidenceClaims claims = new();
        Assert.Equal(EvidenceStatus.Ok, measurer.AddTo(claims));
        return Enumerable.Range(0, claims.ComponentCount).ToDictionary(claims.ComponentName, index => claims.ComponentDigest(index).ToArray());
    }
}
