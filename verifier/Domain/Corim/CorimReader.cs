using IotAttest.Protocol;

namespace IotAttest.Domain.Corim;

/// <summary>The parts that both documents of the profile share, read in the one order and shape that the writers give them.</summary>
internal static class CorimReader
{
    /// <summary>What <see cref="ReadFrame"/> found around the triples.</summary>
    internal sealed record Frame(Guid Id, string Issuer, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter, ReadOnlyMemory<byte> Comid);

    /// <summary>Reads corim-map; an unknown profile comes first, because nothing else of such a file may be understood.</summary>
    internal static Frame ReadFrame(CorimCursor cursor)
    {
        cursor.Tag(CorimProfile.CorimTag);
        cursor.At("corim").Map(1, 6);
        cursor.At("corim/id").Key(CorimProfile.Id);
        Guid id = cursor.Uuid();
        cursor.At("corim/tags").Key(CorimProfile.Tags);
        cursor.Array(1, 1);
        cursor.Tag(CorimProfile.ComidTag);
        ReadOnlyMemory<byte> comid = cursor.Bytes();
        cursor.EndArray();
        ReadProfile(cursor);
        (DateTimeOffset? notBefore, DateTimeOffset? notAfter) = ReadValidity(cursor);
        string issuer = ReadEntity(cursor);
        cursor.At("corim").EndMap();
        cursor.Finish();
        return new Frame(id, issuer, notBefore, notAfter, comid);
    }

    /// <summary>Opens the CoMID up to its triples-map and returns its tag id.</summary>
    internal static Guid ReadComidStart(CorimCursor cursor)
    {
        cursor.At("comid").Map(2, 2);
        cursor.At("comid/tag-identity").Key(CorimProfile.TagIdentity);
        cursor.Map(1, 1);
        cursor.Key(0);
        Guid id = cursor.Uuid();
        cursor.EndMap();
        cursor.At("comid/triples").Key(CorimProfile.Triples);
        return id;
    }

    /// <summary>Opens a list of one record and returns the class of its environment.</summary>
    internal static Guid ReadRecordStart(CorimCursor cursor, string path)
    {
        cursor.At(path).Array(1, 1);
        cursor.Array(2, 2);
        cursor.At(path + "/environment/class").Map(1, 1);
        cursor.Key(0);
        cursor.Map(1, 1);
        cursor.Key(0);
        cursor.Tag(CorimProfile.UuidTag);
        Guid classId = cursor.Uuid();
        cursor.EndMap();
        cursor.EndMap();
        return classId;
    }

    internal static void ReadRecordEnd(CorimCursor cursor)
    {
        cursor.EndArray();
        cursor.EndArray();
    }

    internal static List<ComponentDigest> ReadComponents(CorimCursor cursor, string path)
    {
        int count = cursor.At(path).Array(1, EvidenceProfile.MaxComponents);
        List<ComponentDigest> components = [];
        for (int i = 0; i < count && cursor.Error is null; i++)
        {
            cursor.At($"{path}/{i}").Map(2, 2);
            cursor.Key(0);
            string name = cursor.Text();
            cursor.At($"{path}/{i}/digests").Key(1);
            cursor.Map(1, 1);
            components.Add(new ComponentDigest(name, ReadDigests(cursor)));
            cursor.EndMap();
            cursor.EndMap();
        }

        cursor.EndArray();
        return components;
    }

    /// <summary>Key 2 of an mval: exactly one digest.</summary>
    internal static Sha256Digest ReadDigests(CorimCursor cursor)
    {
        cursor.Key(CorimProfile.MvalDigests);
        cursor.Array(1, 1);
        Sha256Digest digest = cursor.Digest();
        cursor.EndArray();
        return digest;
    }

    /// <summary>What surrounds a decoded document: header form, issuer, ids, and that no byte differs from what the writer would give.</summary>
    internal static CorimError? CheckWhole(SignedCorim signed, Frame frame, Guid tagId, Guid expectedId, Func<byte[]> encode)
    {
        if (frame.Issuer != signed.Issuer)
        {
            return new CorimError(DecodeStatus.NotAllowed, "corim/entities/name", "a name that differs from iss", "the signer's name");
        }

        byte[] header = CorimHeader.Encode(signed.Algorithm, signed.Kid, signed.Issuer, signed.Subject ?? "");
        if (!signed.ProtectedBytes.Span.SequenceEqual(header))
        {
            return new CorimError(DecodeStatus.NotAllowed, "cose/protected", "other headers, claims or order", "exactly 1, 3, 4, 8, 15 {iss, sub}");
        }

        if (frame.Id != expectedId || tagId != expectedId)
        {
            return new CorimError(DecodeStatus.NotAllowed, "corim/id", $"{frame.Id} and tag-id {tagId}", $"{expectedId}, the id that follows from the content");
        }

        return signed.Body.Span.SequenceEqual(encode())
            ? null
            : new CorimError(DecodeStatus.NotDeterministic, "corim", "another encoding of the same content", "the one encoding of the profile");
    }

    private static void ReadProfile(CorimCursor cursor)
    {
        cursor.At("corim/profile").Key(CorimProfile.Profile);
        cursor.Tag(CorimProfile.OidTag);
        if (!cursor.Bytes().Span.SequenceEqual(CorimProfile.Oid))
        {
            cursor.Fail(DecodeStatus.UnknownProfile, "another OID", "the OID of this profile");
        }
    }

    private static (DateTimeOffset? NotBefore, DateTimeOffset? NotAfter) ReadValidity(CorimCursor cursor)
    {
        if (!cursor.At("corim/rim-validity").HasKey(CorimProfile.Validity))
        {
            return (null, null);
        }

        cursor.Map(1, 2);
        DateTimeOffset? notBefore = cursor.HasKey(0) ? cursor.Time() : null;
        cursor.Key(1);
        DateTimeOffset notAfter = cursor.Time();
        cursor.EndMap();
        return (notBefore, notAfter);
    }

    private static string ReadEntity(CorimCursor cursor)
    {
        cursor.At("corim/entities").Key(CorimProfile.Entities);
        cursor.Array(1, 1);
        cursor.Map(2, 2);
        cursor.Key(0);
        string name = cursor.Text();
        cursor.Key(2);
        cursor.Array(1, 1);
        cursor.Int(CorimProfile.ManifestCreator);
        cursor.EndArray();
        cursor.EndMap();
        cursor.EndArray();
        return name;
    }
}
