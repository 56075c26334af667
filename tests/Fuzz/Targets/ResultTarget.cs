using System.Formats.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>An attestation result (EAR) as a board reads it.</summary>
internal sealed class ResultTarget : FuzzTarget
{
    public override string Name => "result";

    public override IEnumerable<byte[]> Seeds => [Cbor.Sign1([0xA0], Claims())];

    public override byte[][] Words => Cbor.Words;

    public override Outcome Decode(byte[] input)
    {
        DecodeStatus status = ResultSummary.TryRead(input, 0, input.Length, out ResultSummary summary);
        return status == DecodeStatus.Ok ? new Outcome(true, HashCode.Combine(summary.Status, summary.Conformity)) : Outcome.Refused(status);
    }

    private static byte[] Claims()
    {
        System.Formats.Cbor.CborWriter claims = new(CborConformanceMode.Lax);
        claims.WriteStartMap(3);
        claims.WriteInt32(6);
        claims.WriteInt64(1795348800);
        claims.WriteInt32(EarLabel.Submodules);
        claims.WriteStartMap(1);
        claims.WriteTextString(EarLabel.Firmware);
        claims.WriteStartMap(3);
        claims.WriteInt32(EatClaim.Nonce);
        claims.WriteByteString(new byte[EvidenceProfile.NonceBytes]);
        claims.WriteInt32(EarLabel.TrustVector);
        claims.WriteStartMap(1);
        claims.WriteInt32(2);
        claims.WriteInt32(2);
        claims.WriteEndMap();
        claims.WriteInt32(EarLabel.IotAttest);
        claims.WriteStartMap(1);
        claims.WriteTextString("conformity");
        claims.WriteTextString("Conformant");
        claims.WriteEndMap();
        claims.WriteEndMap();
        claims.WriteEndMap();
        claims.WriteInt32(EarLabel.Status);
        claims.WriteInt32(EarLabel.Affirming);
        claims.WriteEndMap();
        return claims.Encode();
    }
}
