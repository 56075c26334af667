using System.Security.Cryptography;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Corim;

/// <summary>Encodes and signs build manifests.</summary>
public static class BuildManifestWriter
{
    /// <summary>The body: an unsigned CoRIM (tag 501), deterministic, so that equal manifests give equal bytes.</summary>
    /// <exception cref="ArgumentException">The manifest breaks a rule of the profile; the message says which.</exception>
    public static byte[] EncodeBody(BuildManifest manifest) => CorimWriter.Encode(ContentOf(manifest));

    /// <summary>Signs a body: COSE_Sign1, ES256, headers exactly 1, 3, 4, 8, 15.</summary>
    /// <param name="body">What <see cref="EncodeBody"/> gave.</param>
    /// <param name="issuer">iss and signer name; the issuer of the manifest.</param>
    /// <param name="subject">sub: what the statement is about, such as product and version.</param>
    /// <param name="key">The issuer's private key, on P-256.</param>
    /// <returns>The signed file.</returns>
    /// <exception cref="ArgumentException">A text breaks a rule, or the key is not on P-256.</exception>
    public static byte[] Sign(ReadOnlyMemory<byte> body, string issuer, string subject, ECDsa key) => CorimHeader.Sign(body, issuer, subject, key);

    internal static Guid IdOf(BuildManifest manifest) => CorimWriter.IdOf(ContentOf(manifest));

    private static CorimContent ContentOf(BuildManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return CorimRules.Check(manifest) is { } error
            ? throw new ArgumentException(error.ToString(), nameof(manifest))
            : new CorimContent(manifest.Issuer, manifest.NotBefore, manifest.NotAfter, writer => WriteTriples(writer, manifest));
    }

    private static void WriteTriples(CborWriter writer, BuildManifest manifest)
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(CorimProfile.ReferenceTriples);
        CorimWriter.WriteRecordStart(writer, manifest.ClassId);
        CorimWriter.WriteComponents(writer, manifest.Components);
        CorimWriter.WriteRecordEnd(writer);
        writer.WriteInt32(CorimProfile.EndorsedTriples);
        CorimWriter.WriteRecordStart(writer, manifest.ClassId);
        WriteEndorsed(writer, manifest);
        CorimWriter.WriteRecordEnd(writer);
        writer.WriteEndMap();
    }

    private static void WriteEndorsed(CborWriter writer, BuildManifest manifest)
    {
        writer.WriteStartArray(1 + (manifest.Sbom is null ? 0 : 1) + manifest.Assemblies.Count);
        WriteBuild(writer, manifest);
        if (manifest.Sbom is { } sbom)
        {
            CorimWriter.WriteMeasurementStart(writer, CorimProfile.SbomKey, values: 1);
            CorimWriter.WriteDigests(writer, sbom);
            CorimWriter.WriteMeasurementEnd(writer);
        }

        foreach (AssemblyEntry assembly in manifest.Assemblies)
        {
            WriteAssembly(writer, assembly);
        }

        writer.WriteEndArray();
    }

    private static void WriteBuild(CborWriter writer, BuildManifest manifest)
    {
        CorimWriter.WriteMeasurementStart(writer, mkey: null, manifest.ProductName is null ? 2 : 3);
        WriteVersion(writer, manifest.Version);
        writer.WriteInt32(CorimProfile.MvalSvn);
        CorimWriter.WriteTag(writer, CorimProfile.SvnTag);
        writer.WriteUInt64(manifest.SecurityVersion);
        if (manifest.ProductName is not null)
        {
            CorimWriter.WriteText(writer, CorimProfile.MvalName, manifest.ProductName);
        }

        CorimWriter.WriteMeasurementEnd(writer);
    }

    private static void WriteAssembly(CborWriter writer, AssemblyEntry assembly)
    {
        CorimWriter.WriteMeasurementStart(writer, CorimProfile.AssemblyKeyPrefix + assembly.Name, values: 3);
        WriteVersion(writer, assembly.Version);
        CorimWriter.WriteDigests(writer, assembly.Digest);
        writer.WriteInt32(CorimProfile.MvalSize);
        writer.WriteUInt32(assembly.SizeBytes);
        CorimWriter.WriteMeasurementEnd(writer);
    }

    private static void WriteVersion(CborWriter writer, string version)
    {
        writer.WriteInt32(CorimProfile.MvalVersion);
        writer.WriteStartMap(1);
        CorimWriter.WriteText(writer, 0, version);
        writer.WriteEndMap();
    }
}
