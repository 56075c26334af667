using IotAttest.Domain.Corim;
using IotAttest.Domain.Tests.Corim;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>The body of a build manifest: taken only in exactly the form that the writer gives it.</summary>
internal sealed class ManifestTarget : FuzzTarget
{
    private readonly Lazy<byte[]> _header = new(() =>
    {
        using System.Security.Cryptography.ECDsa key = CorimSamples.NewKey();
        return CorimSeeds.HeaderOf(CorimSamples.Signed(CorimSamples.Manifest, key));
    });

    public override string Name => "manifest";

    public override IEnumerable<byte[]> Seeds => [CorimSeeds.Manifest, BuildManifestWriter.EncodeBody(CorimSamples.Manifest with { Assemblies = [], Sbom = null, ProductName = null })];

    public override byte[][] Words => Cbor.Words;

    public override long BaseBytes => 64 * 1024;

    public override long BytesPerByte => 256;

    public override Outcome Decode(byte[] input) => TryRead(input, out BuildManifest? manifest, out CorimError? error)
        ? new Outcome(true, HashCode.Combine(manifest!.Version, manifest.ClassId, manifest.Components.Count, manifest.Assemblies.Count))
        : Outcome.Refused(error);

    public override void CheckAccepted(byte[] input)
    {
        TryRead(input, out BuildManifest? manifest, out _);
        Hold.Same(input, BuildManifestWriter.EncodeBody(manifest!), "an accepted manifest is not written as it was read");
        Hold.Same(input, Cbor.Transcode(input), "an accepted manifest is not in deterministic form");
    }

    private bool TryRead(byte[] body, out BuildManifest? manifest, out CorimError? error)
    {
        manifest = null;
        return SignedCorim.TryDecode(CorimSeeds.Framed(_header.Value, body), out SignedCorim? signed, out error) && BuildManifestReader.TryRead(signed, out manifest, out error);
    }
}
