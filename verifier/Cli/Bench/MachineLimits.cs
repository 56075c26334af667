using System.Security.Cryptography;

namespace IotAttest.Cli.Bench;

/// <summary>What the same core does when it does nothing else, as <c>openssl speed</c> measures it: the yardstick of every ratio.</summary>
internal static class MachineLimits
{
    private const int MacInputBytes = 512;

    /// <summary>P-256 verifications per second of a hash that is ready.</summary>
    public static double VerificationsPerSecond(TimeSpan duration)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] hash = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
        byte[] signature = key.SignHash(hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return Rate.Measure(duration, _ => key.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)).PerSecond;
    }

    /// <summary>P-256 signatures per second over a hash that is ready.</summary>
    public static double SignaturesPerSecond(TimeSpan duration)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] hash = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
        byte[] signature = new byte[64];
        return Rate.Measure(duration, _ => key.TrySignHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out int _)).PerSecond;
    }

    /// <summary>HMAC-SHA-256 per second over 512 bytes.</summary>
    public static double MacsPerSecond(TimeSpan duration)
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);
        byte[] input = RandomNumberGenerator.GetBytes(MacInputBytes);
        byte[] tag = new byte[32];
        return Rate.Measure(duration, _ => HMACSHA256.HashData(key, input, tag)).PerSecond;
    }
}
