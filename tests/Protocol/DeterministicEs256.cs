using System.Numerics;
using System.Security.Cryptography;

namespace IotAttest.Protocol.Tests;

/// <summary>ES256 with the k of RFC 6979, so that bytes can be compared. Slow, not constant-time: for published test keys only.</summary>
internal sealed class DeterministicEs256(byte[] privateKey, byte[] keyId, int algorithm) : IEvidenceAuthenticator
{
    private static readonly BigInteger Order = Number(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"));
    private readonly BigInteger _d = Number(privateKey);

    public int Algorithm => algorithm;

    public byte[] KeyId => keyId;

    public void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset) =>
        Sign(structure.AsSpan(offset, count)).CopyTo(output, outputOffset);

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        byte[] digest = SHA256.HashData(message);
        BigInteger k = FirstNonce(digest);
        BigInteger r = BaseTimes(k) % Order;
        BigInteger s = BigInteger.ModPow(k, Order - 2, Order) * (Number(digest) + (r * _d)) % Order;
        return [.. Bytes(r), .. Bytes(s)];
    }

    // RFC 6979 section 3.2; the chance that the first candidate is no number below the order is 2^-32.
    private BigInteger FirstNonce(byte[] digest)
    {
        byte[] seed = [.. privateKey, .. Bytes(Number(digest) % Order)];
        byte[] key = new byte[32];
        byte[] value = Enumerable.Repeat((byte)1, 32).ToArray();
        for (byte step = 0; step < 2; step++)
        {
            key = HMACSHA256.HashData(key, (byte[])[.. value, step, .. seed]);
            value = HMACSHA256.HashData(key, value);
        }

        BigInteger k = Number(HMACSHA256.HashData(key, value));
        Assert.True(k > 0 && k < Order, "RFC 6979 asks for a second candidate; this test signer knows the first only");
        return k;
    }

    // The public key of k is k times the base point: the platform does the curve arithmetic.
    private static BigInteger BaseTimes(BigInteger k)
    {
        using ECDsa key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Bytes(k) });
        return Number(key.ExportParameters(false).Q.X!);
    }

    private static BigInteger Number(byte[] bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger value)
    {
        byte[] bytes = new byte[32];
        byte[] shortest = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        shortest.CopyTo(bytes, bytes.Length - shortest.Length);
        return bytes;
    }
}
