using System.Diagnostics.CodeAnalysis;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;

namespace IotAttest.Domain.Evidence;

/// <summary>Decodes the claims of evidence and holds them to the profile (docs/protocol.cddl). Reads like the CDDL.</summary>
public static class EvidenceDecoder
{
    private const int MaxClaims = 32;
    private const int MaxDebugStatus = 4;

    private static readonly CborLimits Limits = new(EvidenceProfile.MaxEvidenceBytes, MaxDepth: 8, StrictDeterministic: true);
    private static readonly ThreadLocal<BoundedCborReader> Readers = new(static () => new BoundedCborReader(default, Limits));
    private static readonly byte[] ProfileOid = EvidenceProfile.Oid();

    /// <summary>Decodes the payload of an evidence envelope.</summary>
    /// <param name="payload">The claims map.</param>
    /// <param name="claims">The claims, or null.</param>
    /// <param name="status">Ok; Missing or OutOfRange for a claim; NotAllowed for swversion without swname; UnknownProfile; or what the reader says.</param>
    /// <returns>True when <paramref name="status"/> is Ok.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out DecodedClaims? claims, out DecodeStatus status)
    {
        BoundedCborReader reader = Readers.Value!;
        reader.Reset(payload);
        ClaimFields fields = new();
        int count = reader.ReadMapStart(MaxClaims);
        for (int i = 0; i < count && reader.Status == DecodeStatus.Ok; i++)
        {
            ReadClaim(reader, fields);
        }

        reader.EndMap();
        status = reader.Finish();
        status = status == DecodeStatus.Ok ? fields.CheckPresence() : status;
        claims = status == DecodeStatus.Ok ? fields.ToClaims() : null;
        return claims is not null;
    }

    private static void ReadClaim(BoundedCborReader reader, ClaimFields fields)
    {
        // RFC 9711 section 4: keys may be integers or text; the profile knows integers, any other claim is ignored.
        if (reader.Peek() is not (CborKind.UnsignedInteger or CborKind.NegativeInteger))
        {
            reader.Skip();
            reader.Skip();
            return;
        }

        switch (reader.ReadInt64())
        {
            case EatClaim.Nonce: fields.Nonce = reader.ReadBytes(EvidenceProfile.NonceBytes, EvidenceProfile.NonceBytes); break;
            case EatClaim.Ueid: fields.Ueid = ReadUeid(reader); break;
            case EatClaim.OemId: fields.OemId = ReadOemId(reader); break;
            case EatClaim.HardwareModel: fields.ClassId = ReadClassId(reader); break;
            case EatClaim.HardwareVersion: fields.HardwareVersion = ReadVersion(reader); break;
            case EatClaim.Uptime: fields.Uptime = reader.ReadUInt64(); break;
            case EatClaim.OemBoot: fields.SecureBoot = reader.ReadBool(); break;
            case EatClaim.DebugStatus: fields.DebugStatus = (int)reader.ReadInt64(0, MaxDebugStatus); break;
            case EatClaim.Profile: fields.HasProfile = ReadProfile(reader); break;
            case EatClaim.BootCount: fields.BootCount = reader.ReadUInt64(); break;
            case EatClaim.BootSeed: fields.BootSeed = reader.ReadBytes(EvidenceProfile.BootSeedBytes, EvidenceProfile.BootSeedBytes); break;
            case EatClaim.SoftwareName: fields.SoftwareName = ReadText(reader); break;
            case EatClaim.SoftwareVersion: fields.SoftwareVersion = ReadVersion(reader); break;
            case EatClaim.Measurements: fields.Measured = MeasuredComponentDecoder.ReadMeasurements(reader); break;
            default: reader.Skip(); break;
        }
    }

    private static ReadOnlyMemory<byte> ReadUeid(BoundedCborReader reader)
    {
        ReadOnlyMemory<byte> ueid = reader.ReadBytes(EvidenceProfile.UeidBytes, EvidenceProfile.UeidBytes);
        if (ueid.Length > 0 && ueid.Span[0] != 0x01)
        {
            reader.Fail(DecodeStatus.OutOfRange); // RFC 9711 section 4.2.1: only type RAND in this profile
        }

        return ueid;
    }

    private static OemId? ReadOemId(BoundedCborReader reader) => reader.Peek() == CborKind.Bytes
        ? OemId.OfBytes(reader.ReadBytes(EvidenceProfile.OemIdBytes, EvidenceProfile.OemIdBytes).Span)
        : OemId.OfNumber(reader.ReadInt64(0, uint.MaxValue));

    private static Guid ReadClassId(BoundedCborReader reader)
    {
        ReadOnlyMemory<byte> bytes = reader.ReadBytes(EvidenceProfile.HardwareModelBytes, EvidenceProfile.HardwareModelBytes);
        return bytes.Length == EvidenceProfile.HardwareModelBytes ? new Guid(bytes.Span, bigEndian: true) : Guid.Empty;
    }

    private static bool ReadProfile(BoundedCborReader reader)
    {
        ReadOnlyMemory<byte> profile = reader.ReadBytes(1, EvidenceProfile.MaxEvidenceBytes);
        if (reader.Status == DecodeStatus.Ok && !profile.Span.SequenceEqual(ProfileOid))
        {
            reader.Fail(DecodeStatus.UnknownProfile);
        }

        return true;
    }

    // RFC 9711 sections 4.2.5 and 4.2.7: [text, ?scheme].
    private static string ReadVersion(BoundedCborReader reader)
    {
        int items = reader.ReadArrayStart(1, 2);
        string version = ReadText(reader);
        if (items == 2)
        {
            reader.ReadInt64();
        }

        reader.EndArray();
        return version;
    }

    private static string ReadText(BoundedCborReader reader)
    {
        ReadOnlyMemory<byte> text = reader.ReadTextBytes(1, EvidenceProfile.MaxTextBytes);
        return System.Text.Encoding.UTF8.GetString(text.Span);
    }
}
