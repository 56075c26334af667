using System.Formats.Cbor;

using IotAttest.Protocol;

using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Agent.Tests;

/// <summary>Attestation results as a verifier would send them; the signature is of no use to a board.</summary>
internal static class TestResult
{
    public static byte[] Of(byte[] nonce, string conformity, int otherMembers = 0)
    {
        CborWriter claims = new(CborConformanceMode.Lax);
        claims.WriteStartMap(2);
        claims.WriteInt32(EarLabel.Submodules);
        claims.WriteStartMap(1);
        claims.WriteTextString(EarLabel.Firmware);
        claims.WriteStartMap(2);
        claims.WriteInt32(EatClaim.Nonce);
        claims.WriteByteString(nonce);
        claims.WriteInt32(EarLabel.IotAttest);
        claims.WriteStartMap(1 + otherMembers);
        claims.WriteTextString("conformity");
        claims.WriteTextString(conformity);
        for (int i = 0; i < otherMembers; i++)
        {
            claims.WriteTextString($"anotherMember{i}");
            claims.WriteTextString(new string('x', 100));
        }

        claims.WriteEndMap();
        claims.WriteEndMap();
        claims.WriteEndMap();
        claims.WriteInt32(EarLabel.Status);
        claims.WriteInt32(EarLabel.Affirming);
        claims.WriteEndMap();

        CborWriter message = new(CborConformanceMode.Lax);
        message.WriteTag((CborTag)CoseLabel.Sign1Tag);
        message.WriteStartArray(4);
        message.WriteByteString([0xA1, 0x01, 0x26]);
        message.WriteStartMap(0);
        message.WriteEndMap();
        message.WriteByteString(claims.Encode());
        message.WriteByteString(new byte[CoseLabel.Es256Bytes]);
        message.WriteEndArray();
        return message.Encode();
    }
}
