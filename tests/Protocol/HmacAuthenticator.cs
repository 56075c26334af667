using System.Security.Cryptography;

namespace IotAttest.Protocol.Tests;

/// <summary>HMAC 256/256 with a key of the vectors.</summary>
internal sealed class HmacAuthenticator(byte[] key, byte[] keyId) : IEvidenceAuthenticator
{
    public int Algorithm => CoseLabel.Hmac256;

    public byte[] KeyId => keyId;

    public void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset) =>
        HMACSHA256.HashData(key, structure.AsSpan(offset, count), output.AsSpan(outputOffset));
}
