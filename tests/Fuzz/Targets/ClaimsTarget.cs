using IotAttest.Domain.Cose;
using IotAttest.Domain.Evidence;
using IotAttest.Protocol;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>The claims alone, so that no mutation is lost to the envelope around them.</summary>
internal sealed class ClaimsTarget : FuzzTarget
{
    public override string Name => "claims";

    public override IEnumerable<byte[]> Seeds => new EvidenceTarget().Seeds.Select(PayloadOf).Where(payload => payload.Length > 0);

    public override byte[][] Words => Cbor.Words;

    public override int MaxInputBytes => 2100;

    public override Outcome Decode(byte[] input) => EvidenceDecoder.TryDecode(input, out DecodedClaims? claims, out DecodeStatus status)
        ? new Outcome(true, HashCode.Combine(claims.Counters, claims.ClassId, claims.OemId, claims.Measured.Components.Length))
        : Outcome.Refused(status);

    public override void CheckAccepted(byte[] input) => Hold.Same(input, Cbor.Transcode(input), "accepted claims are not in deterministic form");

    private static byte[] PayloadOf(byte[] evidence) =>
        CoseMessage.TryDecode(evidence, CoseLimits.Tolerant, out CoseMessage? message, out _) && !message.IsDetached ? message.Payload.ToArray() : [];
}
