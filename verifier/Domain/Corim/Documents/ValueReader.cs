using System.Globalization;
using System.Numerics;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Corim.Documents;

/// <summary>Values of the draft that a tag tells apart, and digests.</summary>
internal static class ValueReader
{
    internal const int Bytes = 560;
    internal const int Ueid = 550;

    internal static readonly int[] ClassIds = [(int)CorimProfile.OidTag, (int)CorimProfile.UuidTag, Bytes];
    internal static readonly int[] Groups = [(int)CorimProfile.UuidTag, Bytes];
    internal static readonly int[] MeasurementKeys = [(int)CorimProfile.OidTag, (int)CorimProfile.UuidTag];
    internal static readonly int[] Keys = [PkixKey, PkixCert, PkixCertPath, KeyThumbprint, CoseKey, CertThumbprint, Bytes, PathThumbprint, DerCert];
    internal static readonly int[] Instances = [Ueid, (int)CorimProfile.UuidTag, .. Keys];

    private const int PkixKey = 554;
    private const int PkixCert = 555;
    private const int PkixCertPath = 556;
    private const int KeyThumbprint = 557;
    private const int CoseKey = 558;
    private const int CertThumbprint = 559;
    private const int PathThumbprint = 561;
    private const int DerCert = 562;
    private const int MaxKeyBytes = 64 * 1024;
    private const int MaxBytes = 1024;
    private const int MaxDigestBytes = 128;

    /// <summary>A value with one of these tags; another tag, or none, is WrongTag.</summary>
    internal static CorimValue Tagged(DocumentCursor cursor, params ReadOnlySpan<int> tags)
    {
        if (cursor.Reader.Peek() != CborKind.Tag)
        {
            cursor.Fail(DecodeStatus.WrongTag);
            return new CorimValue("", "");
        }

        ulong tag = cursor.Reader.ReadTag();
        if (tag > int.MaxValue || !tags.Contains((int)tag))
        {
            cursor.Fail(DecodeStatus.WrongTag);
        }

        return Content(cursor, (int)tag);
    }

    /// <summary>mkey: a tagged OID or UUID, an unsigned integer or text.</summary>
    internal static CorimValue MeasurementKey(DocumentCursor cursor) => cursor.Reader.Peek() switch
    {
        CborKind.Text => new CorimValue("text", cursor.Text()),
        CborKind.UnsignedInteger => new CorimValue("uint", cursor.Unsigned().ToString(CultureInfo.InvariantCulture)),
        _ => Tagged(cursor, MeasurementKeys),
    };

    internal static CorimValue Key(DocumentCursor cursor) => Tagged(cursor, Keys);

    /// <summary>An id: text, or a UUID as 16 bytes with or without its tag.</summary>
    internal static string Id(DocumentCursor cursor)
    {
        if (cursor.Reader.Peek() == CborKind.Text)
        {
            return cursor.Text();
        }

        if (cursor.Reader.Peek() == CborKind.Tag)
        {
            cursor.Reader.ReadTag(CorimProfile.UuidTag);
        }

        return Uuid(cursor).ToString("D");
    }

    internal static Guid Uuid(DocumentCursor cursor)
    {
        ReadOnlyMemory<byte> bytes = cursor.Reader.ReadBytes(16, 16);
        return bytes.IsEmpty ? Guid.Empty : new Guid(bytes.Span, bigEndian: true);
    }

    internal static string Uri(DocumentCursor cursor)
    {
        cursor.Reader.ReadTag(CorimProfile.UriTag);
        return cursor.Text();
    }

    /// <summary>[+ digest]; an algorithm twice, by number or by name, is Duplicate: the weaker one must not hide.</summary>
    internal static IReadOnlyList<CorimDigest> Digests(DocumentCursor cursor)
    {
        List<CorimDigest> digests = cursor.List(1, Digest);
        if (digests.DistinctBy(digest => digest.Algorithm).Count() != digests.Count)
        {
            cursor.Fail(DecodeStatus.Duplicate);
        }

        return digests;
    }

    internal static CorimDigest Digest(DocumentCursor cursor)
    {
        cursor.Open(2, 2);
        string algorithm = cursor.Reader.Peek() == CborKind.Text ? cursor.Text() : NameOf(cursor.Reader.ReadInt64());
        int length = LengthOf(algorithm);
        string value = length == 0 ? cursor.Hex(1, MaxDigestBytes) : cursor.Hex(length, length);
        cursor.Reader.EndArray();
        return new CorimDigest(algorithm, value);
    }

    private static CorimValue Content(DocumentCursor cursor, int tag) => tag switch
    {
        (int)CorimProfile.UuidTag => new CorimValue("uuid", Uuid(cursor).ToString("D")),
        (int)CorimProfile.OidTag => new CorimValue("oid", Oid(cursor.Reader.ReadBytes(1, MaxBytes).Span)),
        Bytes => new CorimValue("bytes", cursor.Hex(0, MaxBytes)),
        Ueid => new CorimValue("ueid", cursor.Hex(7, 33)),
        PkixKey => new CorimValue("pkix-key", cursor.Text(MaxKeyBytes)),
        PkixCert => new CorimValue("pkix-cert", cursor.Text(MaxKeyBytes)),
        PkixCertPath => new CorimValue("pkix-cert-path", cursor.Text(MaxKeyBytes)),
        KeyThumbprint => new CorimValue("key-thumbprint", Thumbprint(cursor)),
        CertThumbprint => new CorimValue("cert-thumbprint", Thumbprint(cursor)),
        PathThumbprint => new CorimValue("cert-path-thumbprint", Thumbprint(cursor)),
        CoseKey => new CorimValue("cose-key", cursor.Encoded()),
        _ => new CorimValue("der-cert", cursor.Hex(1, MaxKeyBytes)),
    };

    private static string Thumbprint(DocumentCursor cursor)
    {
        CorimDigest digest = Digest(cursor);
        return $"{digest.Algorithm}:{digest.Value}";
    }

    // Named Information registry (RFC 6920), as far as digests of this draft use it. Names and numbers are one algorithm.
    private static string NameOf(long algorithm) => algorithm switch
    {
        1 => "sha-256",
        6 => "sha-256-32",
        7 => "sha-384",
        8 => "sha-512",
        _ => string.Create(CultureInfo.InvariantCulture, $"alg-{algorithm}"),
    };

    private static int LengthOf(string algorithm) => algorithm switch
    {
        "sha-256" => 32,
        "sha-256-32" => 4,
        "sha-384" => 48,
        "sha-512" => 64,
        _ => 0,
    };

    /// <summary>Dotted form of the content bytes of an OID (X.690 section 8.19); the hex of bytes that are none.</summary>
    private static string Oid(ReadOnlySpan<byte> content)
    {
        // A stranger's arc may be long; numbers beyond 128 bits of content are shown as bytes.
        if (content.IsEmpty || content.Length > 64 || content[^1] >= 0x80)
        {
            return Convert.ToHexStringLower(content);
        }

        List<BigInteger> arcs = [];
        BigInteger arc = 0;
        foreach (byte value in content)
        {
            arc = (arc << 7) | (value & 0x7f);
            if (value < 0x80)
            {
                arcs.Add(arc);
                arc = 0;
            }
        }

        BigInteger top = BigInteger.Min(arcs[0] / 40, 2);
        return string.Join('.', [top, arcs[0] - (top * 40), .. arcs.Skip(1)]);
    }
}
