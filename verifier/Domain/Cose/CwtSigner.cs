using System.Security.Cryptography;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Cose;

/// <summary>Signs the verifier's own statements: COSE_Sign1 with protected <c>{1: -7, 4: kid}</c>.</summary>
public static class CwtSigner
{
    /// <summary>Signs encoded claims with a P-256 private key.</summary>
    public static byte[] Sign(ECDsa key, ReadOnlyMemory<byte> claims) => CoseSigner.Sign1(ProtectedHeader(Kid.OfKey(key)), claims, key);

    private static byte[] ProtectedHeader(Kid kid) => DeterministicCbor.Encode(writer =>
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(CoseLabel.Algorithm);
        writer.WriteInt32(CoseLabel.Es256);
        writer.WriteInt32(CoseLabel.KeyId);
        writer.WriteByteString(kid.ToBytes());
        writer.WriteEndMap();
    });
}
