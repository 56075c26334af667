using static IotAttest.Conformance.Requirements;

namespace IotAttest.Conformance;

/// <summary>The manifest says what it must, and its maker signed it.</summary>
internal static class ManifestModule
{
    public static ConformanceModule Create() => new("manifest", "Build manifest",
    [
        ConformanceCheck.Of("manifest.form", "The manifest is one signed CoRIM that can be read.", [Asset], Needs.ManifestFile, ManifestChecks.Form),
        ConformanceCheck.Of("manifest.profile", "It follows the profile of this project.", [Asset], Needs.ManifestFile, ManifestChecks.Profile),
        ConformanceCheck.Of("manifest.deterministic", "Its body is deterministic: the same build gives the same bytes.", [Asset, CraDistribution], Needs.ManifestFile, ManifestChecks.Deterministic),
        ConformanceCheck.Of("manifest.signature", "Its maker's key signed it.", [UpdateCryptography, UpdateTrust, CraDistribution], Needs.ManifestFile, ManifestChecks.Signature),
        ConformanceCheck.Of("manifest.components", "It names what a board measures, each with a digest of something.", [Asset, CraIntegrity], Needs.Manifest, ManifestChecks.Components),
        ConformanceCheck.Of("manifest.digests", "Its digests are those of the files that were flashed.", [UpdateVerified, CraIntegrity], Needs.Manifest, ManifestChecks.Digests),
        ConformanceCheck.Of("manifest.class", "It names the product model.", [Designation, Asset], Needs.Manifest, ManifestChecks.Class),
        ConformanceCheck.Of("manifest.validity", "It is valid now.", [UpdateTrust], Needs.Manifest, ManifestChecks.Validity),
        ConformanceCheck.Of("manifest.security-version", "It has a security version, so that older builds can be refused.", [UpdateVerified, SoftwareUpdate], Needs.Manifest, ManifestChecks.SecurityVersion),
        ConformanceCheck.Of("manifest.sbom", "It binds a bill of materials by its digest.", [Asset, CraSbom], Needs.Manifest, ManifestChecks.Sbom),
    ]);
}
