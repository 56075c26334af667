using IotAttest.Domain.Cbor;
using CborTag = System.Formats.Cbor.CborTag;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Corim;

/// <summary>The parts that both documents of the profile share, written in deterministic order.</summary>
internal static class CorimWriter
{
    private const int Name = 0;
    private const int Roles = 2;
    private const int NotBefore = 0;
    private const int NotAfter = 1;
    private const int Mkey = 0;
    private const int Mval = 1;

    /// <summary>Encodes a body with its content-derived id.</summary>
    internal static byte[] Encode(CorimContent content) => Encode(content, IdOf(content));

    internal static Guid IdOf(CorimContent content) => CorimIdentity.Of(Encode(content, Guid.Empty));

    internal static void WriteTag(CborWriter writer, ulong tag) => writer.WriteTag((CborTag)tag);

    /// <summary>Opens a list of one record [environment, [+ measurement-map]]; the measurements follow.</summary>
    internal static void WriteRecordStart(CborWriter writer, Guid classId)
    {
        writer.WriteStartArray(1);
        writer.WriteStartArray(2);
        WriteEnvironment(writer, classId);
    }

    internal static void WriteRecordEnd(CborWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    /// <summary>One measurement-map per component, digests only, in ordinal order of the names.</summary>
    internal static void WriteComponents(CborWriter writer, IReadOnlyList<ComponentDigest> components)
    {
        writer.WriteStartArray(components.Count);
        foreach (ComponentDigest component in components.OrderBy(component => component.Name, StringComparer.Ordinal))
        {
            WriteMeasurementStart(writer, component.Name, values: 1);
            WriteDigests(writer, component.Digest);
            WriteMeasurementEnd(writer);
        }

        writer.WriteEndArray();
    }

    internal static void WriteMeasurementStart(CborWriter writer, string? mkey, int values)
    {
        writer.WriteStartMap(mkey is null ? 1 : 2);
        if (mkey is not null)
        {
            writer.WriteInt32(Mkey);
            writer.WriteTextString(mkey);
        }

        writer.WriteInt32(Mval);
        writer.WriteStartMap(values);
    }

    internal static void WriteMeasurementEnd(CborWriter writer)
    {
        writer.WriteEndMap();
        writer.WriteEndMap();
    }

    internal static void WriteDigests(CborWriter writer, Sha256Digest digest)
    {
        writer.WriteInt32(CorimProfile.MvalDigests);
        writer.WriteStartArray(1);
        WriteDigest(writer, digest);
        writer.WriteEndArray();
    }

    internal static void WriteDigest(CborWriter writer, Sha256Digest digest)
    {
        writer.WriteStartArray(2);
        writer.WriteInt32(CorimProfile.Sha256);
        writer.WriteByteString(digest.ToBytes());
        writer.WriteEndArray();
    }

    internal static void WriteText(CborWriter writer, int key, string text)
    {
        writer.WriteInt32(key);
        writer.WriteTextString(text);
    }

    // environment-map with the class-id alone: evidence has nothing else to match against.
    private static void WriteEnvironment(CborWriter writer, Guid classId)
    {
        writer.WriteStartMap(1);
        writer.WriteInt32(0);
        writer.WriteStartMap(1);
        writer.WriteInt32(0);
        WriteTag(writer, CorimProfile.UuidTag);
        WriteUuid(writer, classId);
        writer.WriteEndMap();
        writer.WriteEndMap();
    }

    private static byte[] Encode(CorimContent content, Guid id)
    {
        byte[] comid = DeterministicCbor.Encode(writer => WriteComid(writer, content, id));
        return DeterministicCbor.Encode(writer => WriteCorim(writer, content, id, comid));
    }

    private static void WriteComid(CborWriter writer, CorimContent content, Guid id)
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(CorimProfile.TagIdentity);
        writer.WriteStartMap(1);
        writer.WriteInt32(0);
        WriteUuid(writer, id);
        writer.WriteEndMap();
        writer.WriteInt32(CorimProfile.Triples);
        content.WriteTriples(writer);
        writer.WriteEndMap();
    }

    private static void WriteCorim(CborWriter writer, CorimContent content, Guid id, byte[] comid)
    {
        WriteTag(writer, CorimProfile.CorimTag);
        writer.WriteStartMap(content.NotAfter is null ? 4 : 5);
        writer.WriteInt32(CorimProfile.Id);
        WriteUuid(writer, id);
        writer.WriteInt32(CorimProfile.Tags);
        writer.WriteStartArray(1);
        WriteTag(writer, CorimProfile.ComidTag);
        writer.WriteByteString(comid);
        writer.WriteEndArray();
        writer.WriteInt32(CorimProfile.Profile);
        WriteTag(writer, CorimProfile.OidTag);
        writer.WriteByteString(CorimProfile.Oid);
        WriteValidity(writer, content);
        WriteEntities(writer, content.Issuer);
        writer.WriteEndMap();
    }

    private static void WriteValidity(CborWriter writer, CorimContent content)
    {
        if (content.NotAfter is null)
        {
            return;
        }

        writer.WriteInt32(CorimProfile.Validity);
        writer.WriteStartMap(content.NotBefore is null ? 1 : 2);
        WriteTime(writer, NotBefore, content.NotBefore);
        WriteTime(writer, NotAfter, content.NotAfter);
        writer.WriteEndMap();
    }

    private static void WriteTime(CborWriter writer, int key, DateTimeOffset? time)
    {
        if (time is not null)
        {
            writer.WriteInt32(key);
            WriteTag(writer, CorimProfile.TimeTag);
            writer.WriteInt64(time.Value.ToUnixTimeSeconds());
        }
    }

    private static void WriteEntities(CborWriter writer, string issuer)
    {
        writer.WriteInt32(CorimProfile.Entities);
        writer.WriteStartArray(1);
        writer.WriteStartMap(2);
        WriteText(writer, Name, issuer);
        writer.WriteInt32(Roles);
        writer.WriteStartArray(1);
        writer.WriteInt32(CorimProfile.ManifestCreator);
        writer.WriteEndArray();
        writer.WriteEndMap();
        writer.WriteEndArray();
    }

    private static void WriteUuid(CborWriter writer, Guid id) => writer.WriteByteString(id.ToByteArray(bigEndian: true));
}
