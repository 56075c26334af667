using IotAttest.Domain.Cose;
using IotAttest.Domain.Evidence;

namespace IotAttest.Interop.Tests;

/// <summary>Evidence as the verifier's decoder sees it.</summary>
internal sealed record DecodedEvidence(EvidenceEnvelope Envelope, DecodedClaims Claims)
{
    public static DecodedEvidence Of(byte[] evidence)
    {
        Refusal? refusal = EvidenceCheck.Decode(evidence, out EvidenceEnvelope? envelope, out DecodedClaims? claims);
        Assert.True(refusal is null, refusal?.ToString());
        return new DecodedEvidence(envelope!, claims!);
    }

    public byte[] DigestOf(string component) => [.. Claims.Measured.DigestOf(component)!.Value.Span];
}
