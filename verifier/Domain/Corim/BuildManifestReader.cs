using System.Diagnostics.CodeAnalysis;
using IotAttest.Protocol;

namespace IotAttest.Domain.Corim;

/// <summary>Reads build manifests in exactly the form that <see cref="BuildManifestWriter"/> gives them.</summary>
public static class BuildManifestReader
{
    private const string Reference = "comid/triples/reference";
    private const string Endorsed = "comid/triples/endorsed";

    /// <summary>Decodes the body of a signed file. The caller verifies the signature.</summary>
    /// <param name="signed">The signed file.</param>
    /// <param name="manifest">The manifest, or null.</param>
    /// <param name="error">Why not, or null: UnknownProfile for a file of another profile, else what was seen where.</param>
    /// <returns>True when decoded.</returns>
    public static bool TryRead(SignedCorim signed, [NotNullWhen(true)] out BuildManifest? manifest, [NotNullWhen(false)] out CorimError? error)
    {
        ArgumentNullException.ThrowIfNull(signed);
        manifest = null;
        error = CorimStructure.CheckProfile(signed.Body);
        if (error is not null)
        {
            return false;
        }

        CorimCursor corim = new(signed.Body, "corim");
        CorimReader.Frame frame = CorimReader.ReadFrame(corim);
        CorimCursor comid = new(frame.Comid, "comid");
        (Guid tagId, BuildManifest read) = corim.Error is null ? ReadComid(comid, frame) : default;
        error = corim.Error ?? comid.Error ?? CorimRules.Check(read);
        error ??= CorimReader.CheckWhole(signed, frame, tagId, read.CorimId, () => BuildManifestWriter.EncodeBody(read));
        manifest = error is null ? read : null;
        return manifest is not null;
    }

    private static (Guid TagId, BuildManifest Manifest) ReadComid(CorimCursor cursor, CorimReader.Frame frame)
    {
        Guid tagId = CorimReader.ReadComidStart(cursor);
        cursor.Map(2, 2);
        cursor.At(Reference).Key(CorimProfile.ReferenceTriples);
        Guid classId = CorimReader.ReadRecordStart(cursor, Reference);
        List<ComponentDigest> components = CorimReader.ReadComponents(cursor, Reference);
        CorimReader.ReadRecordEnd(cursor);
        cursor.At(Endorsed).Key(CorimProfile.EndorsedTriples);
        if (CorimReader.ReadRecordStart(cursor, Endorsed) != classId)
        {
            cursor.Fail(DecodeStatus.NotAllowed, "another class", "the class of the reference values");
        }

        BuildManifest manifest = ReadEndorsed(cursor, new BuildManifest(classId, frame.Issuer, "", 0, components, [])
        {
            NotBefore = frame.NotBefore,
            NotAfter = frame.NotAfter,
        });
        CorimReader.ReadRecordEnd(cursor);
        cursor.At("comid/triples").EndMap();
        cursor.At("comid").EndMap();
        cursor.Finish();
        return (tagId, manifest);
    }

    private static BuildManifest ReadEndorsed(CorimCursor cursor, BuildManifest manifest)
    {
        int count = cursor.At(Endorsed).Array(1, 2 + CorimProfile.MaxAssemblies);
        BuildManifest read = ReadBuild(cursor, manifest);
        List<AssemblyEntry> assemblies = [];
        for (int i = 1; i < count && cursor.Error is null; i++)
        {
            read = ReadNamed(cursor.At($"{Endorsed}/{i}"), read, assemblies);
        }

        cursor.EndArray();
        return read with { Assemblies = assemblies };
    }

    private static BuildManifest ReadBuild(CorimCursor cursor, BuildManifest manifest)
    {
        cursor.At(Endorsed + "/0").Map(1, 1);
        cursor.Key(1);
        cursor.Map(2, 3);
        string version = ReadVersion(cursor);
        cursor.Key(CorimProfile.MvalSvn);
        cursor.Tag(CorimProfile.SvnTag);
        ulong securityVersion = cursor.UInt64();
        string? productName = cursor.HasKey(CorimProfile.MvalName) ? cursor.Text() : null;
        cursor.EndMap();
        cursor.EndMap();
        return manifest with { Version = version, SecurityVersion = securityVersion, ProductName = productName };
    }

    private static BuildManifest ReadNamed(CorimCursor cursor, BuildManifest manifest, List<AssemblyEntry> assemblies)
    {
        cursor.Map(2, 2);
        cursor.Key(0);
        string mkey = cursor.Text();
        cursor.Key(1);
        BuildManifest read = manifest;
        if (mkey == CorimProfile.SbomKey && manifest.Sbom is null && assemblies.Count == 0)
        {
            cursor.Map(1, 1);
            read = manifest with { Sbom = CorimReader.ReadDigests(cursor) };
        }
        else if (mkey.StartsWith(CorimProfile.AssemblyKeyPrefix, StringComparison.Ordinal))
        {
            assemblies.Add(ReadAssembly(cursor, mkey[CorimProfile.AssemblyKeyPrefix.Length..]));
        }
        else
        {
            cursor.Fail(DecodeStatus.NotAllowed, "another mkey", $"{CorimProfile.SbomKey} once and first, then {CorimProfile.AssemblyKeyPrefix}<name>");
        }

        cursor.EndMap();
        cursor.EndMap();
        return read;
    }

    private static AssemblyEntry ReadAssembly(CorimCursor cursor, string name)
    {
        cursor.Map(3, 3);
        string version = ReadVersion(cursor);
        Sha256Digest digest = CorimReader.ReadDigests(cursor);
        cursor.Key(CorimProfile.MvalSize);
        return new AssemblyEntry(name, version, cursor.UInt32(), digest);
    }

    private static string ReadVersion(CorimCursor cursor)
    {
        cursor.Key(CorimProfile.MvalVersion);
        cursor.Map(1, 1);
        cursor.Key(0);
        string version = cursor.Text();
        cursor.EndMap();
        return version;
    }
}
