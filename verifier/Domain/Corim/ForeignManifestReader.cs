using System.Globalization;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Corim;

/// <summary>Reads a CoRIM without a profile in any order of keys. What narrows the reference values and cannot be mapped is refused; what adds
/// nothing to a digest is ignored and said.</summary>
internal sealed class ForeignManifestReader(ImportTerms terms, string issuer)
{
    private const int MaxEntries = 64;
    private const int MaxTags = 256;
    private const int MaxTextBytes = 256;
    private const int UuidBytes = 16;
    private const ulong BytesTag = 560;
    private const long DependentRims = 2;
    private const string Sha256Number = "1";

    private static readonly CborLimits Limits = new(CorimProfile.MaxFileBytes, CorimProfile.MaxDepth, StrictDeterministic: false);

    private readonly List<string> _ignored = [];
    private List<ComponentDigest>? _components;
    private Guid _classId;
    private DateTimeOffset? _notBefore;
    private DateTimeOffset? _notAfter;

    /// <summary>The first thing that cannot be taken, or null.</summary>
    internal CorimError? Error { get; private set; }

    internal ForeignManifest? Read(ReadOnlyMemory<byte> body)
    {
        BoundedCborReader reader = new(body, Limits);
        reader.ReadTag(CorimProfile.CorimTag);
        Map(reader, "corim", ReadCorimEntry);
        Check(reader.Finish(), "corim");
        if (Error is null && _components is null)
        {
            Refuse("corim/tags", "no reference values", "one CoMID (tag 506) with one reference triple");
        }

        return Error is not null
            ? null
            : new ForeignManifest(new BuildManifest(_classId, issuer, terms.Version, terms.SecurityVersion, _components!, []) { NotBefore = _notBefore, NotAfter = _notAfter }, _ignored);
    }

    private void ReadCorimEntry(BoundedCborReader reader, long key)
    {
        switch (key)
        {
            case CorimProfile.Tags: Items(reader, "corim/tags", MaxTags, ReadTag); break;
            case CorimProfile.Validity: Map(reader, "corim/rim-validity", ReadValidityEntry); break;
            case CorimProfile.Profile: Refuse("corim/profile", "a profile", "none"); break;

            // Values of other files that belong to these: alone they may say less than the signer meant.
            case DependentRims: Refuse("corim/dependent-rims", "dependent CoRIMs", "a file that stands alone"); break;
            case CorimProfile.Id or CorimProfile.Entities: reader.Skip(); break;
            default: Ignore(reader, $"corim: key {key}"); break;
        }
    }

    private void ReadValidityEntry(BoundedCborReader reader, long key)
    {
        reader.ReadTag(CorimProfile.TimeTag);
        long seconds = reader.ReadInt64();
        DateTimeOffset? time = seconds is >= 0 and <= 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        if (time is null || key is not (0 or 1))
        {
            Refuse("corim/rim-validity", "another time or key", "0: not-before and 1: not-after in whole seconds");
        }

        (_notBefore, _notAfter) = key == 0 ? (time, _notAfter) : (_notBefore, time);
    }

    private void ReadTag(BoundedCborReader reader)
    {
        ulong tag = reader.ReadTag();
        ReadOnlyMemory<byte> content = reader.ReadBytes(1, CorimProfile.MaxFileBytes);
        if (tag != CorimProfile.ComidTag)
        {
            _ignored.Add($"a tag {tag}: only CoMIDs (506) hold reference values here");
            return;
        }

        BoundedCborReader comid = new(content, Limits);
        Map(comid, "comid", ReadComidEntry);
        Check(comid.Finish(), "comid");
    }

    private void ReadComidEntry(BoundedCborReader reader, long key)
    {
        switch (key)
        {
            case CorimProfile.Triples: Map(reader, "comid/triples", ReadTriples); break;
            case 3: Ignore(reader, "comid: linked tags; supersede the older build here"); break;
            case CorimProfile.TagIdentity or 0 or 2: reader.Skip(); break;
            default: Ignore(reader, $"comid: key {key}"); break;
        }
    }

    private void ReadTriples(BoundedCborReader reader, long key)
    {
        if (key == CorimProfile.ReferenceTriples)
        {
            Items(reader, "comid/triples/reference", MaxTags, ReadReference);
        }
        else
        {
            Ignore(reader, $"comid: triples of kind {key}, which say nothing about measurements of a board");
        }
    }

    // draft-11: several records of one environment are alternative good states. A build here is one state, all of it.
    private void ReadReference(BoundedCborReader reader)
    {
        if (_components is not null)
        {
            Refuse("comid/triples/reference", "a second reference triple", "one: each build is a file of its own");
            return;
        }

        _components = [];
        reader.ReadArrayStart(2, 2);
        Map(reader, "comid/triples/reference/environment", ReadEnvironmentEntry);
        if (_classId == Guid.Empty)
        {
            Refuse("comid/triples/reference/environment/class", "no class-id", "a class-id (UUID, OID or bytes)");
        }

        Items(reader, "comid/triples/reference/measurements", EvidenceProfile.MaxComponents, ReadMeasurement);
        reader.EndArray();
    }

    private void ReadEnvironmentEntry(BoundedCborReader reader, long key)
    {
        if (key == 0)
        {
            Map(reader, "comid/triples/reference/environment/class", ReadClassEntry);
        }
        else
        {
            Refuse("comid/triples/reference/environment", key == 1 ? "an instance" : $"key {key}", "a class alone: a build is for every board of its class");
        }
    }

    private void ReadClassEntry(BoundedCborReader reader, long key)
    {
        switch (key)
        {
            case 0: ReadClassId(reader); break;
            case 1 or 2: Ignore(reader, key == 1 ? "environment: vendor; the signer counts" : "environment: model; the class-id counts"); break;
            default: Refuse("comid/triples/reference/environment/class", key == 3 ? "a layer" : $"key {key}", "the whole board: class-id, vendor and model only"); break;
        }
    }

    private void ReadClassId(BoundedCborReader reader)
    {
        ulong tag = reader.ReadTag();
        ReadOnlyMemory<byte> value = reader.ReadBytes(1, MaxTextBytes);
        if (tag is not (CorimProfile.UuidTag or CorimProfile.OidTag or BytesTag))
        {
            Refuse("comid/triples/reference/environment/class/0", $"tag {tag}", "a UUID (37), an OID (111) or bytes (560)");
        }
        else if (terms.ClassId is { } mapped)
        {
            _classId = mapped;
            if (tag != CorimProfile.OidTag && value.Length == UuidBytes && new Guid(value.Span, bigEndian: true) == mapped)
            {
                return;
            }

            _ignored.Add($"environment: class-id {Convert.ToHexStringLower(value.Span)} stands for class {mapped}, as said at submission");
        }
        else if (tag != CorimProfile.OidTag && value.Length == UuidBytes)
        {
            _classId = new Guid(value.Span, bigEndian: true);
        }
        else
        {
            Refuse("comid/triples/reference/environment/class/0", "a class-id that is no UUID", "a 16-byte class UUID, or the class it stands for given at submission");
        }
    }

    private void ReadMeasurement(BoundedCborReader reader)
    {
        string? name = null;
        Sha256Digest? digest = null;
        Map(reader, "measurement", (inner, key) =>
        {
            switch (key)
            {
                case 0 when inner.Peek() == CborKind.Text: name = inner.ReadText(MaxTextBytes); break;
                case 0: Refuse("measurement/mkey", "no text", "the name of a component"); break;
                case 1: Map(inner, "measurement/mval", (value, kind) => ReadValue(value, kind, ref digest)); break;
                default: Refuse("measurement", key == 2 ? "authorized-by" : $"key {key}", "mkey and mval: the signer alone vouches for the values"); break;
            }
        });
        if (name is null || digest is not { } sha256)
        {
            Refuse("measurement", name is null ? "no mkey" : "no digest", "the name of a component and its SHA-256");
            return;
        }

        _components!.Add(new ComponentDigest(name, sha256));
    }

    private void ReadValue(BoundedCborReader reader, long key, ref Sha256Digest? digest)
    {
        switch (key)
        {
            case CorimProfile.MvalDigests: digest = ReadDigests(reader); break;

            // Equal content has an equal version, security version and name.
            case CorimProfile.MvalVersion or CorimProfile.MvalSvn or CorimProfile.MvalName: Ignore(reader, $"measurement: value {key} (version, svn or name), which the digest implies"); break;
            default: Refuse("measurement/mval", $"value {key}", "digests; version, svn and name may stand beside them"); break;
        }
    }

    // draft-11: each algorithm once, whether named by number or by text; one that both sides know is compared.
    private Sha256Digest? ReadDigests(BoundedCborReader reader)
    {
        Sha256Digest? found = null;
        HashSet<string> seen = new(StringComparer.Ordinal);
        Items(reader, "measurement/mval/digests", MaxEntries, inner =>
        {
            inner.ReadArrayStart(2, 2);
            string algorithm = inner.Peek() == CborKind.Text ? inner.ReadText(MaxTextBytes) : inner.ReadInt64().ToString(CultureInfo.InvariantCulture);
            bool isSha256 = algorithm is Sha256Number or "sha-256";
            ReadOnlyMemory<byte> value = inner.ReadBytes(1, MaxTextBytes);
            inner.EndArray();
            if (!seen.Add(isSha256 ? Sha256Number : algorithm))
            {
                Refuse("measurement/mval/digests", "an algorithm twice", "each once");
            }
            else if (!isSha256)
            {
                _ignored.Add($"measurement: a digest of algorithm {algorithm}; boards measure SHA-256");
            }
            else if (value.Length == Sha256Digest.LengthBytes)
            {
                found = new Sha256Digest(value.Span);
            }
            else
            {
                Refuse("measurement/mval/digests", $"a SHA-256 of {value.Length} bytes", "32 bytes");
            }
        });
        return found;
    }

    private void Map(BoundedCborReader reader, string path, Action<BoundedCborReader, long> entry)
    {
        int entries = reader.ReadMapStart(MaxEntries);
        for (int i = 0; i < entries && reader.Status == DecodeStatus.Ok; i++)
        {
            entry(reader, reader.ReadInt64());
            Stop(reader);
        }

        reader.EndMap();
        Check(reader.Status, path);
    }

    private void Items(BoundedCborReader reader, string path, int max, Action<BoundedCborReader> item)
    {
        int count = reader.ReadArrayStart(1, max);
        for (int i = 0; i < count && reader.Status == DecodeStatus.Ok; i++)
        {
            item(reader);
            Stop(reader);
        }

        reader.EndArray();
        Check(reader.Status, path);
    }

    private void Ignore(BoundedCborReader reader, string what)
    {
        reader.Skip();
        if (!_ignored.Contains(what))
        {
            _ignored.Add(what);
        }
    }

    private void Refuse(string path, string seen, string expected) => Error ??= new CorimError(DecodeStatus.NotAllowed, path, seen, expected);

    private void Stop(BoundedCborReader reader)
    {
        if (Error is not null)
        {
            reader.Fail(Error.Status);
        }
    }

    private void Check(DecodeStatus status, string path)
    {
        if (status != DecodeStatus.Ok)
        {
            Error ??= new CorimError(status, path, $"{status}", $"a CoRIM of {CorimProfile.Draft}");
        }
    }
}
