using IotAttest.Domain.Sbom;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>CycloneDX and SPDX.</summary>
internal sealed class SbomTarget : JsonTarget
{
    public override string Name => "sbom";

    protected override IEnumerable<string> Documents =>
    [
        """
        {"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"serialNumber":"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79","metadata":{"component":{"type":"firmware","name":"Thermostat","version":"1.2.0"}},
        "components":[{"type":"library","name":"mbedtls","version":"3.6.0","purl":"pkg:generic/mbedtls@3.6.0","hashes":[{"alg":"SHA-256","content":"AB01"}],"components":[{"type":"library","name":"everest","version":"1.0"}]}]}
        """,
        """
        {"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"t","packages":[{"SPDXID":"SPDXRef-1","name":"mbedtls","versionInfo":"3.6.0","primaryPackagePurpose":"LIBRARY",
        "checksums":[{"algorithm":"SHA256","checksumValue":"ab01"}],"externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:generic/mbedtls@3.6.0"}]}]}
        """,
    ];

    public override Outcome Decode(byte[] input) => SbomReader.TryRead(input, out SbomDocument? document, out SbomError? error)
        ? new Outcome(true, HashCode.Combine(document.Format, document.Components.Count))
        : Outcome.Refused(error);

    public override void CheckAccepted(byte[] input)
    {
        SbomReader.TryRead(input, out SbomDocument? document, out _);
        Hold.True(SbomDiff.Of(document!, document!) is { Added.Count: 0, Removed.Count: 0, Changed.Count: 0 }, "a list of parts differs from itself");
    }
}
