using System.Diagnostics.CodeAnalysis;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Corim.Documents;

/// <summary>Reads CoRIMs as draft-ietf-rats-corim-11 says, whoever wrote them: keys in any order, every environment and measurement value.
/// Bounds: <see cref="CorimProfile.MaxFileBytes"/>, <see cref="CorimProfile.MaxDepth"/>, 16,384 entries of maps and arrays in all.</summary>
/// <remarks>Keys that the draft does not define are refused inside environments and measurement-maps, where they would decide about a match,
/// and skipped elsewhere. This reader shows; what the verifier relies on comes from <see cref="BuildManifestReader"/> alone.</remarks>
public static class CorimDocumentReader
{
    private const int MaxDependentRims = 64;
    private const int MaxTags = 256;
    private const ulong CoswidTag = 505;
    private const ulong TrustStoreTag = 507;
    private const ulong TagListTag = 508;

    /// <summary>Reads an unsigned CoRIM (tag 501), and refuses what the draft says to refuse: an unknown profile, or a known one whose rules
    /// are broken.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="document">What it says, or null.</param>
    /// <param name="error">Why not, or null.</param>
    /// <returns>True when read.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out CorimDocument? document, [NotNullWhen(false)] out CorimError? error)
    {
        if (TryReadAnyProfile(file, out document, out error) && !document.IsProfileKnown)
        {
            error = new CorimError(DecodeStatus.UnknownProfile, "corim/profile", document.Profile ?? "none", "a profile whose rules are known here");
            document = null;
        }

        return error is null;
    }

    /// <summary>The same, but shows a file of an unknown profile as far as the draft goes; <see cref="CorimDocument.IsProfileKnown"/> is
    /// then false. Also takes a single tag without a CoRIM around it: CoMID (506, or its bare map) and CoTL (508, or its bare map).</summary>
    public static bool TryReadAnyProfile(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out CorimDocument? document, [NotNullWhen(false)] out CorimError? error)
    {
        DocumentCursor cursor = new(file);
        CorimDocument read = cursor.Reader.Peek() == CborKind.Map ? ReadBare(cursor, file) : ReadTagged(cursor);
        DecodeStatus status = cursor.Reader.Finish();
        error = status == DecodeStatus.Ok
            ? KnownProfiles.Check(read)
            : new CorimError(status, "corim", $"{status} at byte {cursor.Reader.Position}", $"a document of {CorimProfile.Draft}");
        document = error is null ? read with { IsProfileKnown = KnownProfiles.Contains(read.Profile) } : null;
        return document is not null;
    }

    private static CorimDocument Empty { get; } = new("", null, false, null, null, [], [], [], [], []);

    private static CorimDocument ReadTagged(DocumentCursor cursor)
    {
        ulong tag = cursor.Reader.Peek() == CborKind.Tag ? cursor.Reader.ReadTag() : 0;
        switch (tag)
        {
            case CorimProfile.CorimTag: return ReadCorim(cursor);
            case CorimProfile.ComidTag or TagListTag: return AddTag(cursor, tag, Empty);
            default: cursor.Fail(DecodeStatus.WrongTag); return Empty;
        }
    }

    // A CoMID has triples (key 4), a CoTL has none: its key 1 is a list of tags, not a map.
    private static CorimDocument ReadBare(DocumentCursor cursor, ReadOnlyMemory<byte> file)
    {
        CorimStructure.TryReadComid(file, out CorimTagSummary outline);
        return outline.TagId is null
            ? Empty with { TagLists = [ComidReader.ReadTagList(cursor)] }
            : Empty with { Comids = [ComidReader.Read(cursor)] };
    }

    private static CorimDocument ReadCorim(DocumentCursor cursor)
    {
        CorimDocument document = Empty;
        string? id = null;
        bool hasTags = false;
        cursor.Fields(key =>
        {
            switch (key)
            {
                case CorimProfile.Id: id = ValueReader.Id(cursor); break;
                case CorimProfile.Tags: document = ReadTags(cursor, document); hasTags = true; break;
                case 2: document = document with { DependentRims = ReadDependentRims(cursor) }; break;
                case CorimProfile.Profile: document = document with { Profile = ReadProfile(cursor) }; break;
                case CorimProfile.Validity: document = ReadValidity(cursor, document); break;
                case CorimProfile.Entities: document = document with { Entities = cursor.List(1, ComidReader.ReadEntity) }; break;
                default: cursor.Reader.Skip(); break;
            }
        });
        ComidReader.Require(cursor, id is not null && hasTags);
        return document with { Id = id ?? "" };
    }

    private static CorimDocument ReadTags(DocumentCursor cursor, CorimDocument document)
    {
        CorimDocument read = document;
        int count = cursor.Open(1, MaxTags);
        for (int i = 0; i < count && cursor.IsOk; i++)
        {
            read = AddTag(cursor, cursor.Reader.ReadTag(), read);
        }

        cursor.Reader.EndArray();
        return read;
    }

    private static CorimDocument AddTag(DocumentCursor cursor, ulong tag, CorimDocument document)
    {
        ReadOnlyMemory<byte> content = cursor.Reader.ReadBytes(1, CorimProfile.MaxFileBytes);
        switch (tag)
        {
            case CorimProfile.ComidTag: return document with { Comids = [.. document.Comids, cursor.Nested(content, ComidReader.Read)] };
            case TagListTag: return document with { TagLists = [.. document.TagLists, cursor.Nested(content, ComidReader.ReadTagList)] };
            case CoswidTag or TrustStoreTag:
                cursor.Nested(content, SkipAll);
                return document with { OtherTags = [.. document.OtherTags, tag] };
            default: cursor.Fail(DecodeStatus.WrongTag); return document;
        }
    }

    private static bool SkipAll(DocumentCursor cursor)
    {
        cursor.Reader.Skip();
        return true;
    }

    private static string ReadProfile(DocumentCursor cursor)
    {
        switch (cursor.Reader.Peek() == CborKind.Tag ? cursor.Reader.ReadTag() : 0)
        {
            case CorimProfile.UriTag: return cursor.Text();
            case CorimProfile.OidTag: return "oid:" + cursor.Hex(1, 256);
            default: cursor.Fail(DecodeStatus.WrongTag); return "";
        }
    }

    private static CorimDocument ReadValidity(DocumentCursor cursor, CorimDocument document)
    {
        (DateTimeOffset? notBefore, DateTimeOffset notAfter) = ComidReader.ReadValidity(cursor);
        return document with { NotBefore = notBefore, NotAfter = notAfter };
    }

    private static List<string> ReadDependentRims(DocumentCursor cursor)
    {
        List<string> places = cursor.List(1, ReadDependentRim);
        if (places.Count > MaxDependentRims)
        {
            cursor.Fail(DecodeStatus.OutOfRange);
        }

        return places;
    }

    // {0: href (a URI, or several), ?1: thumbprint (a digest, or several)}; draft-11 made lists of both.
    private static string ReadDependentRim(DocumentCursor cursor)
    {
        string? place = null;
        cursor.Fields(key =>
        {
            switch (key)
            {
                case 0: place = cursor.Reader.Peek() == CborKind.Array ? string.Join(' ', cursor.List(1, ValueReader.Uri)) : ValueReader.Uri(cursor); break;
                default: cursor.Reader.Skip(); break;
            }
        });
        ComidReader.Require(cursor, place is not null);
        return place ?? "";
    }
}
