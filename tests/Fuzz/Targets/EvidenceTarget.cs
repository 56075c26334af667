using IotAttest.Domain.Cose;
using IotAttest.Domain.Evidence;
using IotAttest.Support;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>Evidence as it arrives: envelope, headers and claims.</summary>
internal sealed class EvidenceTarget : FuzzTarget
{
    public override string Name => "evidence";

    public override IEnumerable<byte[]> Seeds => Directory.GetFiles(SharedData.OwnVector("evidence"), "*.cbor").Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    public override byte[][] Words => Cbor.Words;

    public override int MaxInputBytes => 2100;

    public override Outcome Decode(byte[] input)
    {
        Refusal? refusal = EvidenceCheck.Decode(input, out EvidenceEnvelope? envelope, out DecodedClaims? claims);
        return refusal is null ? new Outcome(true, HashCode.Combine(envelope!.Kid, envelope.IsMac, claims!.ClassId, claims.Measured.Components.Length)) : Outcome.Refused(refusal);
    }

    public override void CheckAccepted(byte[] input)
    {
        EvidenceCheck.Decode(input, out EvidenceEnvelope? envelope, out _);
        Hold.Same(input, Cbor.Transcode(input), "an accepted message is not in deterministic form");
        Hold.Same(envelope!.Payload.Span, Cbor.Transcode(envelope.Payload), "accepted claims are not in deterministic form");
        Hold.True(!envelope.VerifyMac(new byte[32]), "a MAC holds under a key that never made one");
    }
}
