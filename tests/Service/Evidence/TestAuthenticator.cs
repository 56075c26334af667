using System.Security.Cryptography;
using IotAttest.Protocol;

namespace IotAttest.Service.Tests;

/// <summary>Authenticates evidence under any key id, right or wrong.</summary>
internal sealed class TestAuthenticator(int algorithm, byte[] kid, Func<byte[], byte[]> authenticate) : IEvidenceAuthenticator
{
    public int Algorithm => algorithm;

    public byte[] KeyId => kid;

    public static TestAuthenticator Hmac(byte[] kid, byte[] secret) => new(CoseLabel.Hmac256, kid, structure => HMACSHA256.HashData(secret, structure));

    public static TestAuthenticator Es256(byte[] kid, ECDsa signer) => new(CoseLabel.Es256, kid, structure => signer.SignData(structure, HashAlgorithmName.SHA256));

    public void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset) =>
        authenticate(structure[offset..(offset + count)]).CopyTo(output, outputOffset);
}
