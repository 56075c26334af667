using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;

namespace IotAttest.Domain.Transparency;

/// <summary>A receipt: the log's signed word that a statement is in it (RFC 9942 section 5.2, RFC9162_SHA256). The root is not inside: who
/// checks computes it from the statement, so a receipt holds for that statement alone.</summary>
public sealed class InclusionReceipt
{
    /// <summary>Media type of a receipt (RFC 9943).</summary>
    public const string ContentType = "application/scitt-receipt+cose";

    /// <summary>Longest receipt in bytes.</summary>
    public const int MaxBytes = 4096;

    private const int MaxPath = 64;
    private static readonly CoseLimits Limits = new(MaxBytes, 8, StrictDeterministic: false);

    private readonly CoseMessage _message;

    private InclusionReceipt(CoseMessage message, long treeSize, long leafIndex, IReadOnlyList<byte[]> path)
    {
        _message = message;
        TreeSize = treeSize;
        LeafIndex = leafIndex;
        Path = path;
    }

    /// <summary>Size of the tree that was signed.</summary>
    public long TreeSize { get; }

    /// <summary>Index of the statement's leaf, from 0.</summary>
    public long LeafIndex { get; }

    /// <summary>The inclusion path, 32 bytes each, from the leaf upwards.</summary>
    public IReadOnlyList<byte[]> Path { get; }

    /// <summary>The log: iss of the CWT claims, or null.</summary>
    public string? Issuer => _message.Headers.CwtClaims?.Issuer;

    /// <summary>What the statement is about: sub of the CWT claims, or null.</summary>
    public string? Subject => _message.Headers.CwtClaims?.Subject;

    /// <summary>Finds the key of the log; null when the receipt names none of 8 bytes.</summary>
    public Kid? Kid => Cose.Kid.TryRead(_message.Headers.Kid.Span, out Kid kid) ? kid : null;

    /// <summary>Signs a receipt.</summary>
    /// <param name="tree">The tree; at least two leaves, because the CDDL wants a path element.</param>
    /// <param name="leafIndex">The leaf of the statement.</param>
    /// <param name="issuer">iss: the log.</param>
    /// <param name="subject">sub: what the statement is about.</param>
    /// <param name="key">The log's private key on P-256.</param>
    public static byte[] Sign(MerkleTree tree, long leafIndex, string issuer, string subject, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentOutOfRangeException.ThrowIfLessThan(tree.Size, 2, nameof(tree));
        byte[] proof = Proof(tree, leafIndex);
        byte[] unprotectedMap = DeterministicCbor.Encode(writer =>
        {
            writer.WriteStartMap(1);
            writer.WriteInt32(CoseReceipt.Proofs);
            writer.WriteStartMap(1);
            writer.WriteInt32(CoseReceipt.InclusionProofs);
            writer.WriteStartArray(1);
            writer.WriteByteString(proof);
            writer.WriteEndArray();
            writer.WriteEndMap();
            writer.WriteEndMap();
        });
        return CoseSigner.Sign1Detached(ProtectedHeader(Cose.Kid.OfKey(key), issuer, subject), unprotectedMap, tree.Root(), key);
    }

    /// <summary>Decodes a receipt. Decoded is not verified.</summary>
    /// <param name="input">At most <see cref="MaxBytes"/> bytes.</param>
    /// <param name="receipt">The receipt, or null.</param>
    /// <param name="status">Why not: the first thing that is wrong.</param>
    public static bool TryDecode(ReadOnlyMemory<byte> input, [NotNullWhen(true)] out InclusionReceipt? receipt, out DecodeStatus status)
    {
        receipt = null;
        if (!CoseMessage.TryDecode(input, Limits, out CoseMessage? message, out status))
        {
            return false;
        }

        status = CheckForm(message);
        if (status == DecodeStatus.Ok && TryReadProof(message.Headers.Proofs, out ReadOnlyMemory<byte> proof, out status))
        {
            receipt = ReadProof(message, proof, out status);
        }

        return receipt is not null;
    }

    /// <summary>True when the log signed a tree in which this statement is the leaf that the receipt names.</summary>
    /// <param name="statement">The signed statement with an empty unprotected map, as it was logged.</param>
    /// <param name="logKey">The log's public key.</param>
    public bool Holds(ReadOnlySpan<byte> statement, ECDsa logKey) =>
        MerkleProof.RootOf(LeafIndex, TreeSize, MerkleHash.OfLeaf(statement), Path) is { } root && _message.VerifyDetached(logKey, root);

    private static DecodeStatus CheckForm(CoseMessage message) => message switch
    {
        { IsMac: true } => DecodeStatus.WrongTag,
        { IsDetached: false } => DecodeStatus.NotAllowed,
        { Headers.Algorithm: not (CoseAlgorithm.Es256 or CoseAlgorithm.Esp256) } => DecodeStatus.UnsupportedAlgorithm,
        { Headers.DataStructure: not CoseReceipt.Rfc9162Sha256 } => DecodeStatus.OutOfRange,
        { Headers.Proofs.IsEmpty: true } => DecodeStatus.Missing,
        _ => DecodeStatus.Ok,
    };

    // {-1: [+ bstr .cbor inclusion-proof]}: one proof is all that this log gives, more than one is another log's.
    private static bool TryReadProof(ReadOnlyMemory<byte> map, out ReadOnlyMemory<byte> proof, out DecodeStatus status)
    {
        BoundedCborReader reader = new(map, Limits.Cbor);
        int entries = reader.ReadMapStart(1);
        if (entries != 1 || reader.ReadInt64() != CoseReceipt.InclusionProofs)
        {
            reader.Fail(DecodeStatus.Missing);
        }

        reader.ReadArrayStart(1, 1);
        proof = reader.ReadBytes(1, MaxBytes);
        reader.EndArray();
        reader.EndMap();
        status = reader.Finish();
        return status == DecodeStatus.Ok;
    }

    // [tree-size, leaf-index, [+ bstr]].
    private static InclusionReceipt? ReadProof(CoseMessage message, ReadOnlyMemory<byte> proof, out DecodeStatus status)
    {
        BoundedCborReader reader = new(proof, Limits.Cbor);
        reader.ReadArrayStart(3, 3);
        long size = reader.ReadInt64(1, long.MaxValue);
        long index = reader.ReadInt64(0, long.MaxValue);
        int length = reader.ReadArrayStart(1, MaxPath);
        byte[][] path = new byte[length][];
        for (int i = 0; i < length; i++)
        {
            path[i] = reader.ReadBytes(MerkleHash.LengthBytes, MerkleHash.LengthBytes).ToArray();
        }

        reader.EndArray();
        reader.EndArray();
        status = reader.Finish();
        return status == DecodeStatus.Ok ? new InclusionReceipt(message, size, index, path) : null;
    }

    private static byte[] Proof(MerkleTree tree, long leafIndex) => DeterministicCbor.Encode(writer =>
    {
        IReadOnlyList<byte[]> path = tree.Inclusion(leafIndex);
        writer.WriteStartArray(3);
        writer.WriteInt64(tree.Size);
        writer.WriteInt64(leafIndex);
        writer.WriteStartArray(path.Count);
        foreach (byte[] hash in path)
        {
            writer.WriteByteString(hash);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    });

    private static byte[] ProtectedHeader(Kid kid, string issuer, string subject) => DeterministicCbor.Encode(writer =>
    {
        writer.WriteStartMap(4);
        writer.WriteInt32(CoseLabel.Algorithm);
        writer.WriteInt32(CoseLabel.Es256);
        writer.WriteInt32(CoseLabel.KeyId);
        writer.WriteByteString(kid.ToBytes());
        writer.WriteInt32(CoseLabel.CwtClaims);
        writer.WriteStartMap(2);
        writer.WriteInt32(1);
        writer.WriteTextString(issuer);
        writer.WriteInt32(2);
        writer.WriteTextString(subject);
        writer.WriteEndMap();
        writer.WriteInt32(CoseReceipt.DataStructure);
        writer.WriteInt32(CoseReceipt.Rfc9162Sha256);
        writer.WriteEndMap();
    });
}
