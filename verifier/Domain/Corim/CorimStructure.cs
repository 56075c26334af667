using System.Diagnostics.CodeAnalysis;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Corim;

/// <summary>The outline of any unsigned CoRIM (tag 501), also of other tools: keys in any order, unknown keys ignored. Values inside the
/// triples are checked for well-formedness only.</summary>
/// <param name="Id">corim id as text (a UUID in its usual form).</param>
/// <param name="Profile">Profile: a URI, or an OID as <c>oid:</c> and the hex of its content bytes; null when absent.</param>
/// <param name="Tags">The tags, at most 256.</param>
public sealed record CorimStructure(string Id, string? Profile, IReadOnlyList<CorimTagSummary> Tags)
{
    private const int MaxEntries = 64;
    private const int MaxTags = 256;
    private const int MaxIdBytes = 256;
    private const int UuidBytes = 16;
    private const long ComidLanguage = 0;

    /// <summary>The profile of this project in the form of <see cref="Profile"/>.</summary>
    public static string OwnProfile { get; } = "oid:" + Convert.ToHexStringLower(CorimProfile.Oid);

    private static CborLimits Limits { get; } = new(CorimProfile.MaxFileBytes, CorimProfile.MaxDepth, StrictDeterministic: false);

    /// <summary>Reads the outline.</summary>
    /// <param name="body">The whole unsigned CoRIM, tag 501 included, at most 1 MiB.</param>
    /// <param name="structure">The outline, or null.</param>
    /// <param name="error">Why not, or null.</param>
    /// <returns>True when read.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out CorimStructure? structure, [NotNullWhen(false)] out CorimError? error)
    {
        BoundedCborReader reader = new(body, Limits);
        CorimStructure read = ReadCorim(reader);
        DecodeStatus status = reader.Finish();
        error = status == DecodeStatus.Ok ? null : new CorimError(status, "corim", $"{status} at byte {reader.Position}", $"a CoRIM of {CorimProfile.Draft}");
        structure = error is null ? read : null;
        return structure is not null;
    }

    /// <summary>Reads one CoMID without its tag 506.</summary>
    internal static DecodeStatus TryReadComid(ReadOnlyMemory<byte> encoded, out CorimTagSummary summary)
    {
        BoundedCborReader reader = new(encoded, Limits);
        summary = ReadComid(reader);
        return reader.Finish();
    }

    /// <summary>UnknownProfile for a CoRIM of another profile or of none; draft-11: an unknown profile rejects the whole file.</summary>
    internal static CorimError? CheckProfile(ReadOnlyMemory<byte> body)
    {
        if (!TryRead(body, out CorimStructure? structure, out CorimError? error))
        {
            return error;
        }

        return structure.Profile == OwnProfile
            ? null
            : new CorimError(DecodeStatus.UnknownProfile, "corim/profile", structure.Profile is null ? "none" : "another one", OwnProfile);
    }

    private static CorimStructure ReadCorim(BoundedCborReader reader)
    {
        string? id = null;
        string? profile = null;
        List<CorimTagSummary>? tags = null;
        reader.ReadTag(CorimProfile.CorimTag);
        int entries = reader.ReadMapStart(MaxEntries);
        for (int i = 0; i < entries && reader.Status == DecodeStatus.Ok; i++)
        {
            switch (reader.ReadInt64())
            {
                case CorimProfile.Id: id = ReadId(reader); break;
                case CorimProfile.Tags: tags = ReadTags(reader); break;
                case CorimProfile.Profile: profile = ReadProfile(reader); break;
                default: reader.Skip(); break;
            }
        }

        reader.EndMap();
        if (id is null || tags is null)
        {
            reader.Fail(DecodeStatus.Missing);
        }

        return new CorimStructure(id ?? "", profile, tags ?? []);
    }

    private static string ReadId(BoundedCborReader reader)
    {
        if (reader.Peek() == CborKind.Text)
        {
            return reader.ReadText(MaxIdBytes);
        }

        // A UUID stands as 16 bytes, with or without its tag.
        if (reader.Peek() == CborKind.Tag)
        {
            reader.ReadTag(CorimProfile.UuidTag);
        }

        ReadOnlyMemory<byte> uuid = reader.ReadBytes(UuidBytes, UuidBytes);
        return uuid.IsEmpty ? "" : new Guid(uuid.Span, bigEndian: true).ToString();
    }

    private static string ReadProfile(BoundedCborReader reader)
    {
        switch (reader.ReadTag())
        {
            case CorimProfile.UriTag: return reader.ReadText(MaxIdBytes);
            case CorimProfile.OidTag: return "oid:" + Convert.ToHexStringLower(reader.ReadBytes(1, MaxIdBytes).Span);
            default: reader.Fail(DecodeStatus.WrongTag); return "";
        }
    }

    private static List<CorimTagSummary> ReadTags(BoundedCborReader reader)
    {
        List<CorimTagSummary> tags = [];
        int count = reader.ReadArrayStart(1, MaxTags);
        for (int i = 0; i < count && reader.Status == DecodeStatus.Ok; i++)
        {
            tags.Add(ReadTag(reader));
        }

        reader.EndArray();
        return tags;
    }

    private static CorimTagSummary ReadTag(BoundedCborReader reader)
    {
        ulong tag = reader.ReadTag();
        ReadOnlyMemory<byte> content = reader.ReadBytes(1, CorimProfile.MaxFileBytes);
        if (tag != CorimProfile.ComidTag || reader.Status != DecodeStatus.Ok)
        {
            return new CorimTagSummary(tag, null, new Dictionary<long, int>());
        }

        DecodeStatus status = TryReadComid(content, out CorimTagSummary summary);
        if (status != DecodeStatus.Ok)
        {
            reader.Fail(status);
        }

        return summary;
    }

    private static CorimTagSummary ReadComid(BoundedCborReader reader)
    {
        string? tagId = null;
        Dictionary<long, int>? triples = null;
        int entries = reader.ReadMapStart(MaxEntries);
        for (int i = 0; i < entries && reader.Status == DecodeStatus.Ok; i++)
        {
            switch (reader.ReadInt64())
            {
                case CorimProfile.TagIdentity: tagId = ReadTagIdentity(reader); break;
                case CorimProfile.Triples: triples = ReadTriples(reader); break;
                case ComidLanguage: reader.ReadText(MaxIdBytes); break;
                default: reader.Skip(); break;
            }
        }

        reader.EndMap();
        if (tagId is null || triples is null)
        {
            reader.Fail(DecodeStatus.Missing);
        }

        return new CorimTagSummary(CorimProfile.ComidTag, tagId, triples ?? []);
    }

    private static string? ReadTagIdentity(BoundedCborReader reader)
    {
        string? tagId = null;
        int entries = reader.ReadMapStart(MaxEntries);
        for (int i = 0; i < entries && reader.Status == DecodeStatus.Ok; i++)
        {
            if (reader.ReadInt64() == 0)
            {
                tagId = ReadId(reader);
            }
            else
            {
                reader.Skip();
            }
        }

        reader.EndMap();
        return tagId;
    }

    private static Dictionary<long, int> ReadTriples(BoundedCborReader reader)
    {
        Dictionary<long, int> triples = [];
        int entries = reader.ReadMapStart(MaxEntries);
        for (int i = 0; i < entries && reader.Status == DecodeStatus.Ok; i++)
        {
            triples[reader.ReadInt64()] = ReadRecords(reader);
        }

        reader.EndMap();
        return triples;
    }

    private static int ReadRecords(BoundedCborReader reader)
    {
        int count = reader.ReadArrayStart(1, CorimProfile.MaxFileBytes);
        for (int i = 0; i < count && reader.Status == DecodeStatus.Ok; i++)
        {
            reader.Skip();
        }

        reader.EndArray();
        return count;
    }
}
