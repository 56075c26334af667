using System.Security.Cryptography;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Conformance;

/// <summary>The file of a build manifest, whether it can be read or not.</summary>
public sealed class ManifestFile
{
    private ManifestFile(ReadOnlyMemory<byte> bytes, SignedCorim? signed, BuildManifest? manifest, CorimError? error, ECDsa? key)
    {
        Bytes = bytes;
        Signed = signed;
        Manifest = manifest;
        Error = error;
        Key = key;
        Digest = Sha256Digest.Of(bytes.Span);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The envelope; null when it cannot be read.</summary>
    public SignedCorim? Signed { get; }

    /// <summary>The content; null when it cannot be read.</summary>
    public BuildManifest? Manifest { get; }

    /// <summary>Why the file cannot be read; null when it can.</summary>
    public CorimError? Error { get; }

    /// <summary>The manufacturer's public key; null when it was not given.</summary>
    public ECDsa? Key { get; }

    /// <summary>SHA-256 over the whole file, which certificates and reports name.</summary>
    public Sha256Digest Digest { get; }

    /// <summary>Reads a file; nothing about it is an exception.</summary>
    public static ManifestFile Read(ReadOnlyMemory<byte> bytes, ECDsa? key)
    {
        BuildManifest? manifest = null;
        if (SignedCorim.TryDecode(bytes, out SignedCorim? signed, out CorimError? error))
        {
            _ = BuildManifestReader.TryRead(signed, out manifest, out error);
        }

        return new ManifestFile(bytes, signed, manifest, error, key);
    }

    /// <summary>The build as appraisal sees it; null when the file cannot be read.</summary>
    internal ReferenceBuild? ToReference() => Manifest is null
        ? null
        : new ReferenceBuild(Manifest.CorimId.ToString(), Manifest.ClassId, Manifest.Issuer, Manifest.Version, Manifest.SecurityVersion, ToSet(Manifest), []);

    internal static MeasuredSet ToSet(BuildManifest manifest) =>
        new(manifest.Components.Select(component => new MeasuredComponent(component.Name, component.Digest.ToBytes())));
}
