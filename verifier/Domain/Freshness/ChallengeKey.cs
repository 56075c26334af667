using System.Buffers.Binary;
using System.Security.Cryptography;
using IotAttest.Protocol;

namespace IotAttest.Domain.Freshness;

/// <summary>Makes challenges and recognises its own without storing them; layout in <see cref="ChallengeLayout"/>.</summary>
/// <param name="id">Number of the key; grows with every rotation.</param>
/// <param name="secret">32 random bytes.</param>
public sealed class ChallengeKey(long id, byte[] secret)
{
    /// <summary>Length of the secret in bytes.</summary>
    public const int SecretBytes = 32;

    private readonly byte[] _secret = secret.Length == SecretBytes
        ? secret
        : throw new ArgumentException($"A challenge key has {secret.Length} bytes; make it with {SecretBytes}.", nameof(secret));

    /// <summary>Number of the key: growth of the challenge time counts per key.</summary>
    public long Id { get; } = id;

    /// <summary>A fresh challenge of 32 bytes for the board with these 17 UEID bytes.</summary>
    public byte[] Mint(ReadOnlySpan<byte> ueid, DateTimeOffset now)
    {
        byte[] challenge = new byte[EvidenceProfile.NonceBytes];
        BinaryPrimitives.WriteInt64BigEndian(challenge, now.ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(challenge.AsSpan(ChallengeLayout.TimeBytes, ChallengeLayout.RandomBytes));
        ComputeMac(ueid, challenge.AsSpan(0, ChallengeLayout.MacOffset), challenge.AsSpan(ChallengeLayout.MacOffset));
        return challenge;
    }

    /// <summary>True when this key made the challenge for this board; compares in constant time.</summary>
    public bool Made(ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> ueid)
    {
        Span<byte> mac = stackalloc byte[ChallengeLayout.MacBytes];
        ComputeMac(ueid, challenge[..ChallengeLayout.MacOffset], mac);
        return CryptographicOperations.FixedTimeEquals(mac, challenge[ChallengeLayout.MacOffset..]);
    }

    private void ComputeMac(ReadOnlySpan<byte> ueid, ReadOnlySpan<byte> timeAndRandom, Span<byte> mac)
    {
        ReadOnlySpan<byte> label = "iotattest challenge v1"u8;
        Span<byte> message = stackalloc byte[label.Length + EvidenceProfile.UeidBytes + ChallengeLayout.MacOffset];
        label.CopyTo(message);
        ueid.CopyTo(message[label.Length..]);
        timeAndRandom.CopyTo(message[(label.Length + EvidenceProfile.UeidBytes)..]);
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, message, whole);
        whole[..ChallengeLayout.MacBytes].CopyTo(mac);
    }
}
