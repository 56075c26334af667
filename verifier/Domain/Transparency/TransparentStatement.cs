using IotAttest.Domain.Cbor;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;

namespace IotAttest.Domain.Transparency;

/// <summary>A signed statement that carries its receipts in the unprotected header 394 (RFC 9942 section 4.3, RFC 9943). The log's entry, and
/// the digest that certificates name, are those of the statement without them.</summary>
public static class TransparentStatement
{
    /// <summary>Media type of a statement with or without receipts (RFC 9943).</summary>
    public const string ContentType = "application/scitt-statement+cose";

    /// <summary>Most receipts that are read from one statement.</summary>
    public const int MaxReceipts = 16;

    /// <summary>The statement with one receipt.</summary>
    /// <param name="statement">A COSE_Sign1 with its payload.</param>
    /// <param name="receipt">The encoded receipt.</param>
    /// <exception cref="ArgumentException">Not a COSE_Sign1.</exception>
    public static byte[] Attach(ReadOnlyMemory<byte> statement, ReadOnlyMemory<byte> receipt)
    {
        byte[] headers = DeterministicCbor.Encode(writer =>
        {
            writer.WriteStartMap(1);
            writer.WriteInt32(CoseReceipt.Receipts);
            writer.WriteStartArray(1);
            writer.WriteByteString(receipt.Span);
            writer.WriteEndArray();
            writer.WriteEndMap();
        });
        return CoseSigner.WithUnprotected(Decode(statement) ?? throw new ArgumentException("Not a COSE_Sign1 with its payload.", nameof(statement)), headers);
    }

    /// <summary>Parts a statement from its receipts. What carries none comes back as it is.</summary>
    /// <param name="file">The file.</param>
    /// <param name="receipts">The encoded receipts; empty when there are none, or when the header is not an array of byte strings.</param>
    /// <returns>The statement with an empty unprotected map; the file itself when nothing but receipts could be taken off it.</returns>
    public static byte[] Detach(ReadOnlyMemory<byte> file, out IReadOnlyList<ReadOnlyMemory<byte>> receipts)
    {
        receipts = [];
        if (Decode(file) is not { Headers: { UnprotectedCount: 1, Receipts.IsEmpty: false } } message || !TryRead(message.Headers.Receipts, out receipts))
        {
            return file.ToArray();
        }

        return CoseSigner.WithUnprotected(message, new byte[] { 0xa0 });
    }

    private static CoseMessage? Decode(ReadOnlyMemory<byte> file) =>
        CoseMessage.TryDecode(file, CoseLimits.Tolerant, out CoseMessage? message, out _) && message is { IsMac: false, IsDetached: false } ? message : null;

    private static bool TryRead(ReadOnlyMemory<byte> encoded, out IReadOnlyList<ReadOnlyMemory<byte>> receipts)
    {
        BoundedCborReader reader = new(encoded, CoseLimits.Tolerant.Cbor);
        int count = reader.ReadArrayStart(1, MaxReceipts);
        List<ReadOnlyMemory<byte>> found = [];
        for (int i = 0; i < count; i++)
        {
            found.Add(reader.ReadBytes(1, InclusionReceipt.MaxBytes));
        }

        reader.EndArray();
        bool isRead = reader.Finish() == DecodeStatus.Ok;
        receipts = isRead ? found : [];
        return isRead;
    }
}
