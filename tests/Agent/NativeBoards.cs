using IotAttest.Protocol;
using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>The tests that share one build of the native board library.</summary>
[CollectionDefinition(Name)]
public sealed class NativeBoards : ICollectionFixture<NativeBoardBuild>
{
    public const string Name = "native boards";

    public static readonly byte[] Nonce = [.. Enumerable.Range(1, EvidenceProfile.NonceBytes).Select(value => (byte)value)];

    /// <summary>A board over the library, for calls that need no broker unless a port is given.</summary>
    internal static TestBoard New(NativeBoardBuild build, BoardKeyType keyType = BoardKeyType.Hmac, int port = 1, Func<SimulatedBoardOptions, SimulatedBoardOptions>? change = null) =>
        new(port, keyType, options => (change ?? (same => same))(options) with { NativeLibrary = NativeBoardLibrary.Load(build.Library) });

    /// <summary>One boot of a board as the agent sees it.</summary>
    internal static BoardEvidence PowerOn(TestBoard board) => BoardEvidence.Create(board.Options);

    /// <summary>One boot of the same board with the C# encoder.</summary>
    internal static BoardEvidence PowerOnManaged(TestBoard board) => BoardEvidence.Create(board.Options with { NativeLibrary = null });

    internal static NativeHostModule Module(TestBoard board) => NativeHostModule.PowerOn(board.Options.NativeLibrary!, board.Flash, board.Options);

    internal static EvidenceStatus Try(BoardEvidence evidence, out byte[] bytes)
    {
        byte[] output = new byte[EvidenceProfile.MaxEvidenceBytes];
        EvidenceStatus status = evidence.Source.Produce(Nonce, output, out int length);
        bytes = output[..length];
        return status;
    }

    internal static byte[] Attest(BoardEvidence evidence)
    {
        Assert.Equal(EvidenceStatus.Ok, Try(evidence, out byte[] bytes));
        return bytes;
    }
}
