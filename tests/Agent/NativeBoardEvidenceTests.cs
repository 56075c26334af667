using IotAttest.Protocol;
using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>What the C++ core says of a simulated board, beside the C# encoder over the same flash.</summary>
[Collection(NativeBoards.Name)]
public sealed class NativeBoardEvidenceTests(NativeBoardBuild build)
{
    [RequiresNativeBuildTheory]
    [InlineData(BoardKeyType.Hmac, false)]
    [InlineData(BoardKeyType.Hmac, true)]
    [InlineData(BoardKeyType.P256, false)]
    [InlineData(BoardKeyType.P256, true)]
    public void Both_encoders_write_the_same_bytes_for_the_same_boot(BoardKeyType keyType, bool hasOptionalClaims)
    {
        using TestBoard board = NativeBoards.New(build, keyType, change: options => hasOptionalClaims ? WithAllClaims(options) : options);
        board.Board.WriteFlash("deployment", 0x47FF, [0x5A]);
        using BoardEvidence native = NativeBoards.PowerOn(board);

        byte[] evidence = NativeBoards.Attest(native);

        // An ECDSA signature holds a random number; all in front of it is the same.
        int tagBytes = keyType == BoardKeyType.Hmac ? 0 : CoseLabel.Es256Bytes;
        byte[] expected = ManagedEvidence(board, new DecodedEvidence(evidence));
        Assert.Equal(expected[..^tagBytes], evidence[..^tagBytes]);
        Assert.True(new DecodedEvidence(evidence).IsAuthentic(board.Identity));
    }

    [RequiresNativeBuildFact]
    public void A_write_while_the_board_runs_yields_no_evidence_until_the_next_boot_shows_it()
    {
        using TestBoard board = NativeBoards.New(build);
        byte[] genuine;
        using (BoardEvidence first = NativeBoards.PowerOn(board))
        {
            genuine = new DecodedEvidence(NativeBoards.Attest(first)).Digests["clr"];
            board.Board.WriteFlash("clr", 7, [0x5A, 0x5B]);

            Assert.Equal(EvidenceStatus.MeasurementChanged, NativeBoards.Try(first, out byte[] none));
            Assert.Empty(none);
            Assert.Equal(EvidenceStatus.MeasurementChanged, NativeBoards.Try(first, out _));
        }

        using BoardEvidence second = NativeBoards.PowerOn(board);
        using BoardEvidence managed = NativeBoards.PowerOnManaged(board);

        byte[] digest = new DecodedEvidence(NativeBoards.Attest(second)).Digests["clr"];
        Assert.NotEqual(genuine, digest);
        Assert.Equal(new DecodedEvidence(NativeBoards.Attest(managed)).Digests["clr"], digest);
    }

    [RequiresNativeBuildFact]
    public void Old_bytes_put_back_do_not_bring_evidence_back_before_the_next_boot()
    {
        using TestBoard board = NativeBoards.New(build);
        using BoardEvidence evidence = NativeBoards.PowerOn(board);
        byte[] old = new byte[1];
        board.Flash.Read(0xB000, old);

        board.Board.WriteFlash("deployment", 0, [0x5A]);
        board.Board.WriteFlash("deployment", 0, old);

        Assert.Equal(EvidenceStatus.MeasurementChanged, NativeBoards.Try(evidence, out _));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0x1BFF, false)]
    [InlineData(0x1C00, true)]
    [InlineData(0x1FFF, true)]
    [InlineData(0x2000, false)]
    public void A_write_counts_when_it_touches_a_measured_region(int offset, bool isOutside)
    {
        using TestBoard board = NativeBoards.New(build);
        using BoardEvidence evidence = NativeBoards.PowerOn(board);

        board.Flash.Write(offset, [0x5A]);

        Assert.Equal(isOutside ? EvidenceStatus.Ok : EvidenceStatus.MeasurementChanged, NativeBoards.Try(evidence, out _));
    }

    [RequiresNativeBuildTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    public void A_write_between_steps_ends_the_measurement(int stepsBefore)
    {
        const int WrittenSinceBoot = 13;
        const int NotMeasuring = 3;
        using TestBoard board = NativeBoards.New(build);
        using NativeHostModule module = NativeBoards.Module(board);
        Assert.Equal(0, module.Begin(NativeBoards.Nonce));
        for (int step = 0; step < stepsBefore; step++)
        {
            Assert.Equal(1, module.Step());
        }

        board.Board.WriteFlash("bootloader", 0, [1]);

        Assert.Equal(WrittenSinceBoot, module.Step());
        Assert.Equal(NotMeasuring, module.Step());
    }

    private static byte[] ManagedEvidence(TestBoard board, DecodedEvidence native)
    {
        IEvidenceAuthenticator authenticator = board.Identity.CreateAuthenticator();
        using IDisposable? disposable = authenticator as IDisposable;
        using FlashMeasurer measurer = new(board.Flash);
        ManagedEvidenceSource source = new(BoardEvidence.FactsOf(board.Options), new SameBoot(native), measurer, authenticator);
        byte[] output = new byte[EvidenceProfile.MaxEvidenceBytes];
        Assert.Equal(EvidenceStatus.Ok, source.Produce(NativeBoards.Nonce, output, out int length));
        return output[..length];
    }

    private static SimulatedBoardOptions WithAllClaims(SimulatedBoardOptions options) => options with
    {
        HardwareVersion = "rev C",
        SoftwareName = new string('n', EvidenceProfile.MaxTextBytes),
        SoftwareVersion = "1.2.0",
        OemBoot = 1,
        DebugStatus = 4,
        OemId = uint.MaxValue,
    };

    /// <summary>The boot that evidence speaks of.</summary>
    private sealed class SameBoot(DecodedEvidence evidence) : IBootState
    {
        public long BootCount => evidence.BootCount;

        public byte[] BootSeed => evidence.BootSeed;

        public long UptimeSeconds => evidence.UptimeSeconds;

        public bool TryBegin() => true;
    }
}
