using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Transparency;
using IotAttest.Protocol;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>Receipts of a log, transfer statements, and any other COSE message.</summary>
internal sealed class StatementTarget : FuzzTarget
{
    private static readonly ECDsa LogKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly byte[] Logged = [0xd2, 0x03];

    public override string Name => "statement";

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            DateTimeOffset now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
            TransferStatement transfer = new(new string('a', 32), "acme", "fleet", now, now.AddDays(1), [$"01{new string('1', 32)}", $"01{new string('2', 32)}"]);
            return [Receipt(LogKey), transfer.Sign(LogKey)];
        }
    }

    public override byte[][] Words => Cbor.Words;

    public override long BaseBytes => 64 * 1024;

    public static byte[] Receipt(ECDsa key) =>
        InclusionReceipt.Sign(MerkleTree.Of(Enumerable.Range(0, 5).Select(number => MerkleHash.OfLeaf([0xd2, (byte)number]))), 3, "urn:log", "build 1", key);

    public override Outcome Decode(byte[] input)
    {
        bool isReceipt = InclusionReceipt.TryDecode(input, out InclusionReceipt? receipt, out DecodeStatus notReceipt);
        bool isTransfer = TransferStatement.TryDecode(input, out _, out _, out TransferStatement? transfer, out DecodeStatus notTransfer);
        bool isMessage = CoseMessage.TryDecode(input, CoseLimits.Tolerant, out _, out DecodeStatus notMessage);
        return new Outcome(isReceipt || isTransfer || isMessage, HashCode.Combine(notReceipt, notTransfer, notMessage, receipt?.LeafIndex, receipt?.TreeSize, transfer?.Ueids.Count, transfer?.Id));
    }

    // What the signature covers and the tree's shape are bound together: whatever else is changed, at most the signature itself still holds.
    public override void CheckAccepted(byte[] input)
    {
        if (InclusionReceipt.TryDecode(input, out InclusionReceipt? receipt, out _) && receipt.Holds(Logged, LogKey))
        {
            Hold.True(receipt is { LeafIndex: 3, TreeSize: 5 }, "a receipt of another place holds");
        }

        if (TransferStatement.TryDecode(input, out CoseMessage? message, out _, out TransferStatement? statement, out _))
        {
            Hold.Same(message.Payload.Span, Cbor.Transcode(message.Payload), "an accepted transfer is not in deterministic form");
            Hold.True(statement.Ueids.Count > 0, "a transfer of nothing is accepted");
        }
    }
}
