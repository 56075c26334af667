using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>The boot count of the native board: durable, never the same twice, one file for both encoders.</summary>
[Collection(NativeBoards.Name)]
public sealed class NativeBoardBootTests(NativeBoardBuild build)
{
    [RequiresNativeBuildFact]
    public void Each_boot_counts_one_more_whichever_encoder_runs()
    {
        using TestBoard board = NativeBoards.New(build);

        DecodedEvidence[] boots = [Boot(board, NativeBoards.PowerOn), Boot(board, NativeBoards.PowerOn), Boot(board, NativeBoards.PowerOnManaged), Boot(board, NativeBoards.PowerOn)];

        Assert.Equal([1, 2, 3, 4], boots.Select(boot => boot.BootCount));
        Assert.Equal(4, boots.Select(boot => Convert.ToHexString(boot.BootSeed)).Distinct().Count());
        Assert.Equal("4", File.ReadAllText(CountFile(board)));
        Assert.False(File.Exists(CountFile(board) + DurableFile.TemporarySuffix));
    }

    [RequiresNativeBuildFact]
    public void A_boot_counts_once_however_often_it_attests()
    {
        using TestBoard board = NativeBoards.New(build);
        using BoardEvidence evidence = NativeBoards.PowerOn(board);

        Assert.Equal(new DecodedEvidence(NativeBoards.Attest(evidence)).BootSeed, new DecodedEvidence(NativeBoards.Attest(evidence)).BootSeed);
        Assert.Equal("1", File.ReadAllText(CountFile(board)));
    }

    [RequiresNativeBuildTheory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0x10")]
    [InlineData("seven")]
    [InlineData("1\n")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("00000000000000000001")]
    public void A_damaged_count_yields_no_evidence_and_stays_as_it_is(string content)
    {
        using TestBoard board = NativeBoards.New(build);
        File.WriteAllText(CountFile(board), content);

        using BoardEvidence evidence = NativeBoards.PowerOn(board);

        Assert.Equal(EvidenceStatus.MeasurementFailed, NativeBoards.Try(evidence, out _));
        Assert.Equal(content, File.ReadAllText(CountFile(board)));
    }

    [RequiresNativeBuildFact]
    public void The_last_count_that_evidence_can_carry_is_used()
    {
        using TestBoard board = NativeBoards.New(build);
        File.WriteAllText(CountFile(board), "9223372036854775806");

        Assert.Equal(long.MaxValue, Boot(board, NativeBoards.PowerOn).BootCount);
    }

    [RequiresNativeBuildFact]
    public void A_count_that_cannot_be_made_durable_yields_no_evidence()
    {
        using TestBoard board = NativeBoards.New(build);
        Directory.CreateDirectory(CountFile(board) + DurableFile.TemporarySuffix);

        using BoardEvidence evidence = NativeBoards.PowerOn(board);

        Assert.Equal(EvidenceStatus.MeasurementFailed, NativeBoards.Try(evidence, out _));
    }

    [RequiresNativeBuildFact("mosquitto")]
    public void A_native_board_attests_over_a_broker_and_after_a_write_only_from_the_next_boot_on()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port) { ChallengesOnHello = true };
        using TestBoard board = NativeBoards.New(build, BoardKeyType.P256, broker.Port);
        board.Board.Start();
        DecodedEvidence before = new(verifier.NextEvidence());
        board.AwaitStatus(AgentStatus.EvidenceAcknowledged);

        board.Board.WriteFlash("deployment", 0, [0x5A]);
        verifier.Challenge(board.Board.UeidHex);
        board.AwaitStatus(AgentStatus.MeasurementChanged);
        Assert.Empty(verifier.Evidence);
        board.Board.Reboot();
        DecodedEvidence after = new(verifier.NextEvidence());

        Assert.True(before.IsAuthentic(board.Identity) && after.IsAuthentic(board.Identity));
        Assert.Equal((1, 2), (before.BootCount, after.BootCount));
        Assert.NotEqual(before.Digests["deployment"], after.Digests["deployment"]);
        Assert.Equal(before.Digests["clr"], after.Digests["clr"]);
    }

    private static string CountFile(TestBoard board) => Path.Combine(board.Folder, BootCounter.FileName);

    private static DecodedEvidence Boot(TestBoard board, Func<TestBoard, BoardEvidence> powerOn)
    {
        using BoardEvidence evidence = powerOn(board);
        return new DecodedEvidence(NativeBoards.Attest(evidence));
    }
}
