using System.Buffers.Binary;
using System.Security.Cryptography;
using IotAttest.Protocol;

namespace IotAttest.Domain.Freshness;

/// <summary>Makes challenges and recognises its own without storing them; layout in <see cref="ChallengeLayout"/>.</summary>
public sealed class ChallengeKey
{
    /// <summary>Length of the secret in bytes.</summary>
    public const int SecretBytes = 32;

    // A thread keeps the state of the key that it used last: that halves the cost of a MAC over so few bytes.
    [ThreadStatic]
    private static ChallengeKey? _lastKey;

    [ThreadStatic]
    private static IncrementalHash? _lastHmac;

    private readonly byte[] _secret;

    /// <summary>Makes a key.</summary>
    /// <param name="id">Number of the key; grows with every rotation.</param>
    /// <param name="secret">32 random bytes; kept, not copied.</param>
    /// <exception cref="ArgumentException">The secret has another length.</exception>
    public ChallengeKey(long id, byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length != SecretBytes)
        {
            throw new ArgumentException($"A challenge key has {secret.Length} bytes; make it with {SecretBytes}.", nameof(secret));
        }

        Id = id;
        _secret = secret;
    }

    /// <summary>Number of the key: growth of the challenge time counts per key.</summary>
    public long Id { get; }

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
        IncrementalHash hmac = Hmac();
        hmac.AppendData(message);
        hmac.GetHashAndReset(whole);
        whole[..ChallengeLayout.MacBytes].CopyTo(mac);
    }

    private IncrementalHash Hmac()
    {
        if (_lastKey != this || _lastHmac is null)
        {
            _lastHmac?.Dispose();
            _lastHmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
            _lastKey = this;
        }

        return _lastHmac;
    }
}
