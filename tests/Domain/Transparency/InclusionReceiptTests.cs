using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Transparency;
using IotAttest.Protocol;

namespace IotAttest.Domain.Tests.Transparency;

public sealed class InclusionReceiptTests : IDisposable
{
    private static readonly byte[][] Statements = [.. Enumerable.Range(0, 5).Select(number => new byte[] { 0xd2, (byte)number })];

    private readonly ECDsa _log = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly MerkleTree _tree = MerkleTree.Of(Statements.Select(statement => MerkleHash.OfLeaf(statement)));

    [Fact]
    public void Rfc9942_5_2_a_receipt_holds_for_its_statement_and_no_other()
    {
        for (int index = 0; index < Statements.Length; index++)
        {
            InclusionReceipt receipt = Decode(InclusionReceipt.Sign(_tree, index, "urn:log", "build 1", _log));

            Assert.Equal((5, index, "urn:log", "build 1", Kid.OfKey(_log)), (receipt.TreeSize, receipt.LeafIndex, receipt.Issuer, receipt.Subject, receipt.Kid));
            Assert.True(receipt.Holds(Statements[index], _log));
            Assert.False(receipt.Holds(Statements[(index + 1) % Statements.Length], _log));
        }
    }

    [Fact]
    public void A_receipt_of_another_log_does_not_hold()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.False(Decode(InclusionReceipt.Sign(_tree, 2, "urn:log", "build 1", _log)).Holds(Statements[2], other));
    }

    [Fact]
    public void Every_truncation_is_refused_and_a_changed_byte_never_holds()
    {
        byte[] receipt = InclusionReceipt.Sign(_tree, 3, "urn:log", "build 1", _log);

        for (int length = 0; length < receipt.Length; length++)
        {
            Assert.False(InclusionReceipt.TryDecode(receipt.AsMemory(0, length), out _, out DecodeStatus status));
            Assert.NotEqual(DecodeStatus.Ok, status);
        }

        for (int at = 0; at < receipt.Length; at++)
        {
            byte[] changed = [.. receipt];
            changed[at] ^= 1;
            Assert.False(InclusionReceipt.TryDecode(changed, out InclusionReceipt? decoded, out _) && decoded.Holds(Statements[3], _log), $"byte {at}");
        }
    }

    [Fact]
    public void A_tree_of_one_leaf_has_no_receipt()
    {
        MerkleTree tree = MerkleTree.Of([MerkleHash.OfLeaf([1])]);

        Assert.Throws<ArgumentOutOfRangeException>(() => InclusionReceipt.Sign(tree, 0, "urn:log", "build 1", _log));
    }

    [Fact]
    public void A_message_that_carries_its_payload_is_no_receipt()
    {
        byte[] signed = CwtSigner.Sign(_log, new byte[] { 1 });

        Assert.False(InclusionReceipt.TryDecode(signed, out _, out DecodeStatus status));
        Assert.Equal(DecodeStatus.NotAllowed, status);
    }

    [Fact]
    public void Receipts_come_off_a_statement_and_leave_it_as_it_was()
    {
        byte[] statement = CwtSigner.Sign(_log, new byte[] { 0xa0 });
        byte[] receipt = InclusionReceipt.Sign(_tree, 0, "urn:log", "build 1", _log);

        byte[] transparent = TransparentStatement.Attach(statement, receipt);
        byte[] bare = TransparentStatement.Detach(transparent, out IReadOnlyList<ReadOnlyMemory<byte>> receipts);

        Assert.NotEqual(statement, transparent);
        Assert.Equal(statement, bare);
        Assert.Equal(receipt, Assert.Single(receipts).ToArray());
    }

    [Fact]
    public void A_statement_without_receipts_and_bytes_that_are_none_come_back_as_they_are()
    {
        byte[] statement = CwtSigner.Sign(_log, new byte[] { 0xa0 });

        Assert.Equal(statement, TransparentStatement.Detach(statement, out IReadOnlyList<ReadOnlyMemory<byte>> none));
        Assert.Empty(none);
        Assert.Equal([1, 2, 3], TransparentStatement.Detach(new byte[] { 1, 2, 3 }, out none));
        Assert.Empty(none);
    }

    [Fact]
    public void A_detached_payload_never_passes_for_one_that_is_inside()
    {
        byte[] receipt = InclusionReceipt.Sign(_tree, 0, "urn:log", "build 1", _log);
        Assert.True(CoseMessage.TryDecode(receipt, CoseLimits.Tolerant, out CoseMessage? message, out _));

        Assert.False(message.Verify(_log));
        Assert.True(message.VerifyDetached(_log, _tree.Root()));
    }

    public void Dispose() => _log.Dispose();

    private static InclusionReceipt Decode(byte[] bytes)
    {
        Assert.True(InclusionReceipt.TryDecode(bytes, out InclusionReceipt? receipt, out DecodeStatus status), status.ToString());
        return receipt;
    }
}
