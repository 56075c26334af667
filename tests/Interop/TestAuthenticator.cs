using System.Security.Cryptography;
using IotAttest.Protocol;

namespace IotAttest.Interop.Tests;

/// <summary>HMAC with the key; for P-256 a signature of zeros, as the native one is compared by verifying it.</summary>
internal sealed class TestAuthenticator(EncoderInput input) : IEvidenceAuthenticator
{
    public int Algorithm => input.Algorithm;

    public byte[] KeyId => input.KeyId;

    public void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset)
    {
        if (Algorithm == CoseLabel.Hmac256)
        {
            HMACSHA256.HashData(input.Secret, structure.AsSpan(offset, count), output.AsSpan(outputOffset));
        }
    }
}
