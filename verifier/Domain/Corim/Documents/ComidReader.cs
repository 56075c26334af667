using IotAttest.Protocol;

namespace IotAttest.Domain.Corim.Documents;

/// <summary>concise-mid-tag and concise-tl-tag.</summary>
internal static class ComidReader
{
    internal static ConciseMid Read(DocumentCursor cursor)
    {
        TagIdentity? identity = null;
        string? language = null;
        IReadOnlyList<CorimEntity> entities = [];
        IReadOnlyList<LinkedTag> linked = [];
        ComidTriples? triples = null;
        cursor.Fields(key =>
        {
            switch (key)
            {
                case 0: language = cursor.Text(); break;
                case 1: identity = ReadIdentity(cursor); break;
                case 2: entities = cursor.List(1, ReadEntity); break;
                case 3: linked = cursor.List(1, ReadLink); break;
                case 4: triples = TripleReader.Read(cursor); break;
                default: cursor.Reader.Skip(); break;
            }
        });
        Require(cursor, identity is not null && triples is not null);
        return new ConciseMid(identity?.TagId ?? "", identity?.TagVersion ?? 0, language, entities, linked, triples ?? new ComidTriples());
    }

    internal static TagList ReadTagList(DocumentCursor cursor)
    {
        TagIdentity? identity = null;
        IReadOnlyList<TagIdentity>? tags = null;
        (DateTimeOffset? NotBefore, DateTimeOffset NotAfter)? validity = null;
        cursor.Fields(key =>
        {
            switch (key)
            {
                case 0: identity = ReadIdentity(cursor); break;
                case 1: tags = cursor.List(1, ReadIdentity); break;
                case 2: validity = ReadValidity(cursor); break;
                default: cursor.Reader.Skip(); break;
            }
        });
        Require(cursor, identity is not null && tags is not null && validity is not null);
        return new TagList(identity?.TagId ?? "", identity?.TagVersion ?? 0, tags ?? [], validity?.NotBefore, validity?.NotAfter ?? default);
    }

    internal static (DateTimeOffset? NotBefore, DateTimeOffset NotAfter) ReadValidity(DocumentCursor cursor)
    {
        DateTimeOffset? notBefore = null;
        DateTimeOffset? notAfter = null;
        cursor.Fields(key =>
        {
            switch (key)
            {
                case 0: notBefore = cursor.Time(); break;
                case 1: notAfter = cursor.Time(); break;
                default: cursor.Fail(DecodeStatus.NotAllowed); break;
            }
        });
        Require(cursor, notAfter is not null);
        if (notBefore > notAfter)
        {
            cursor.Fail(DecodeStatus.OutOfRange);
        }

        return (notBefore, notAfter ?? default);
    }

    internal static CorimEntity ReadEntity(DocumentCursor cursor)
    {
        string? name = null;
        string? registration = null;
        List<long> roles = [];
        cursor.Fields(key =>
        {
            switch (key)
            {
                case 0: name = cursor.Text(); break;
                case 1: registration = ValueReader.Uri(cursor); break;
                case 2: roles = cursor.List(1, item => item.Reader.ReadInt64()); break;
                default: cursor.Reader.Skip(); break;
            }
        });
        Require(cursor, name is not null && roles.Count > 0);
        return new CorimEntity(name ?? "", registration, roles);
    }


    internal static void Require(DocumentCursor cursor, bool isComplete)
    {
        if (!isComplete)
        {
            cursor.Fail(DecodeStatus.Missing);
        }
    }

    private static TagIdentity ReadIdentity(DocumentCursor cursor)
    {
        string? id = null;
        ulong version = 0;
        cursor.Fields(key =>
        {
            switch (key)
            {
                case 0: id = ValueReader.Id(cursor); break;
                case 1: version = cursor.Unsigned(); break;
                default: cursor.Fail(DecodeStatus.NotAllowed); break;
            }
        });
        Require(cursor, id is not null);
        return new TagIdentity(id ?? "", version);
    }

    private static LinkedTag ReadLink(DocumentCursor cursor)
    {
        string? id = null;
        long? relation = null;
        cursor.Fields(key =>
        {
            switch (key)
            {
                case 0: id = ValueReader.Id(cursor); break;
                case 1: relation = cursor.Reader.ReadInt64(); break;
                default: cursor.Fail(DecodeStatus.NotAllowed); break;
            }
        });
        Require(cursor, id is not null && relation is not null);
        return new LinkedTag(id ?? "", relation ?? 0);
    }
}
