using System.Security.Cryptography;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Bench.Veraison;

/// <summary>A running verifier as users see it, and what they submit there.</summary>
/// <param name="Address">Where it answers.</param>
/// <param name="Token">A bearer token that may submit builds and read results.</param>
/// <param name="ClassId">The class of the builds that are submitted.</param>
/// <param name="Manufacturer">Who signs them.</param>
/// <param name="MakerKey">The manufacturer's private key.</param>
/// <param name="FirstNumber">The number of the first build.</param>
internal sealed record VerifierSite(Uri Address, string Token, Guid ClassId, string Manufacturer, ECParameters MakerKey, int FirstNumber)
{
    private int _submitted = -1;

    /// <summary>How many builds were made for submission.</summary>
    public int Submitted => _submitted + 1;

    /// <summary>A signed build that nobody submitted yet.</summary>
    /// <param name="key">The manufacturer's key, for the caller alone.</param>
    public byte[] NextBuild(ECDsa key)
    {
        int number = FirstNumber + Interlocked.Increment(ref _submitted);
        return BuildManifestWriter.Sign(BuildManifestWriter.EncodeBody(FleetFiller.Manifest(ClassId, number) with { Issuer = Manufacturer }), Manufacturer, "bench", key);
    }
}
