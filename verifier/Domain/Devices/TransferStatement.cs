using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;

namespace IotAttest.Domain.Devices;

/// <summary>An owner's signed word that boards pass to another organisation: docs/protocol.cddl, transfer. Decoded is not verified.</summary>
/// <param name="Id">16 random bytes, as 32 lower-case hex digits: a statement counts once.</param>
/// <param name="From">The organisation that has the boards.</param>
/// <param name="To">The organisation that shall have them.</param>
/// <param name="IssuedAt">Whole seconds.</param>
/// <param name="ExpiresAt">Whole seconds; afterwards the offer can no longer be accepted.</param>
/// <param name="Ueids">1 to 10,000, 34 lower-case hex digits each, ascending, each once.</param>
public sealed record TransferStatement(string Id, string From, string To, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, IReadOnlyList<string> Ueids)
{
    /// <summary>Most boards in one statement.</summary>
    public const int MaxBoards = 10_000;

    /// <summary>The longest signed statement in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Length of <see cref="Id"/> in bytes.</summary>
    public const int IdBytes = 16;

    /// <summary>Header 3: no other signed file of this project is mistaken for a transfer.</summary>
    public const string ContentType = "application/iotattest-transfer+cbor";

    private const int MaxNameBytes = 64;
    private const int MaxDepth = 4;
    private const int Members = 6;

    // Seconds that DateTimeOffset can hold, up to the year 9999.
    private const long MaxSeconds = 253_402_300_799;

    /// <summary>Signs the statement.</summary>
    /// <param name="key">The private key of <see cref="From"/>, on P-256.</param>
    /// <returns>COSE_Sign1 (tag 18).</returns>
    public byte[] Sign(ECDsa key)
    {
        byte[] headers = DeterministicCbor.Encode(writer =>
        {
            writer.WriteStartMap(3);
            writer.WriteInt32(CoseLabel.Algorithm);
            writer.WriteInt32(CoseLabel.Es256);
            writer.WriteInt32(CoseLabel.ContentType);
            writer.WriteTextString(ContentType);
            writer.WriteInt32(CoseLabel.KeyId);
            writer.WriteByteString(Kid.OfKey(key).ToBytes());
            writer.WriteEndMap();
        });
        return CoseSigner.Sign1(headers, Encode(), key);
    }

    /// <summary>Decodes a signed statement.</summary>
    /// <param name="file">At most <see cref="MaxBytes"/>.</param>
    /// <param name="message">The envelope, to be verified with the key of <see cref="From"/>; or null.</param>
    /// <param name="kid">Finds that key.</param>
    /// <param name="statement">The content, or null.</param>
    /// <param name="status">Ok, or why not: OutOfRange for names, times or boards outside their bounds or not ascending, and for another content type.</param>
    /// <returns>True when <paramref name="status"/> is Ok.</returns>
    public static bool TryDecode(
        ReadOnlyMemory<byte> file, [NotNullWhen(true)] out CoseMessage? message, out Kid kid, [NotNullWhen(true)] out TransferStatement? statement, out DecodeStatus status)
    {
        statement = null;
        kid = default;
        CoseLimits limits = new(MaxBytes, MaxDepth, StrictDeterministic: true);
        if (!CoseMessage.TryDecode(file, limits, out message, out status))
        {
            return false;
        }

        bool isOurs = !message.IsMac && !message.IsDetached && message.Headers.UnprotectedCount == 0 && message.Headers.ContentType == ContentType && Kid.TryRead(message.Headers.Kid.Span, out kid);
        if (!isOurs)
        {
            status = DecodeStatus.OutOfRange;
            message = null;
            return false;
        }

        BoundedCborReader reader = new(message.Payload, new CborLimits(MaxBytes, MaxDepth, StrictDeterministic: true));
        TransferStatement decoded = Read(reader);
        status = reader.Finish();
        statement = status == DecodeStatus.Ok ? decoded : null;
        return statement is not null;
    }

    private static TransferStatement Read(BoundedCborReader reader)
    {
        Require(reader, reader.ReadMapStart(Members) == Members);
        string id = Convert.ToHexStringLower(Member(reader, 1).ReadBytes(IdBytes, IdBytes).Span);
        string from = Member(reader, 2).ReadText(MaxNameBytes);
        string to = Member(reader, 3).ReadText(MaxNameBytes);
        long issuedAt = Member(reader, 4).ReadInt64(0, MaxSeconds);
        long expiresAt = Member(reader, 5).ReadInt64(0, MaxSeconds);
        int count = Member(reader, 6).ReadArrayStart(1, MaxBoards);
        List<string> ueids = [];
        for (int board = 0; board < count && reader.Status == DecodeStatus.Ok; board++)
        {
            string ueid = Convert.ToHexStringLower(reader.ReadBytes(EvidenceProfile.UeidBytes, EvidenceProfile.UeidBytes).Span);
            Require(reader, ueids.Count == 0 || string.CompareOrdinal(ueids[^1], ueid) < 0);
            ueids.Add(ueid);
        }

        reader.EndArray();
        reader.EndMap();
        return new TransferStatement(id, from, to, DateTimeOffset.FromUnixTimeSeconds(issuedAt), DateTimeOffset.FromUnixTimeSeconds(expiresAt), ueids);
    }

    private static BoundedCborReader Member(BoundedCborReader reader, int key)
    {
        Require(reader, reader.ReadInt64() == key);
        return reader;
    }

    private static void Require(BoundedCborReader reader, bool holds)
    {
        if (!holds && reader.Status == DecodeStatus.Ok)
        {
            reader.Fail(DecodeStatus.OutOfRange);
        }
    }

    private byte[] Encode() => DeterministicCbor.Encode(writer =>
    {
        writer.WriteStartMap(Members);
        writer.WriteInt32(1);
        writer.WriteByteString(Convert.FromHexString(Id));
        writer.WriteInt32(2);
        writer.WriteTextString(From);
        writer.WriteInt32(3);
        writer.WriteTextString(To);
        writer.WriteInt32(4);
        writer.WriteInt64(IssuedAt.ToUnixTimeSeconds());
        writer.WriteInt32(5);
        writer.WriteInt64(ExpiresAt.ToUnixTimeSeconds());
        writer.WriteInt32(6);
        writer.WriteStartArray(Ueids.Count);
        foreach (string ueid in Ueids)
        {
            writer.WriteByteString(Convert.FromHexString(ueid));
        }

        writer.WriteEndArray();
        writer.WriteEndMap();
    });
}
