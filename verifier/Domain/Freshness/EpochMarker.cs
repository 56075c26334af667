using System.Formats.Cbor;
using System.Security.Cryptography;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Cose;

namespace IotAttest.Domain.Freshness;

/// <summary>A signed epoch marker (draft-birkholz-rats-epoch-marker): freshness for boards that sleep.</summary>
/// <remarks>Bytes: COSE_Sign1 with protected <c>{1: -7, 4: kid}</c> and payload
/// <c>{4: exp, 6: iat, 2000: 26982(16 random bytes)}</c>. The nonce of evidence is SHA-256 over all of these bytes.</remarks>
/// <param name="Bytes">The signed marker.</param>
/// <param name="IssuedAt">iat, whole seconds.</param>
public sealed record EpochMarker(ReadOnlyMemory<byte> Bytes, DateTimeOffset IssuedAt)
{
    /// <summary>CWT claim "em": the epoch marker (number suggested by the draft).</summary>
    public const int MarkerClaim = 2000;

    /// <summary>Tag of an epoch tick (number suggested by the draft).</summary>
    public const int EpochTickTag = 26982;

    private const int TickBytes = 16;
    private const int ExpirationClaim = 4;
    private const int IssuedAtClaim = 6;

    /// <summary>The 32-byte nonce that evidence of this epoch carries.</summary>
    public byte[] Nonce { get; } = SHA256.HashData(Bytes.Span);

    /// <summary>Makes and signs a marker.</summary>
    /// <param name="signer">The verifier's P-256 key.</param>
    /// <param name="now">The verifier's time; cut to whole seconds.</param>
    /// <param name="lifetime">How long evidence of this epoch may be taken: two periods.</param>
    public static EpochMarker Issue(ECDsa signer, DateTimeOffset now, TimeSpan lifetime)
    {
        DateTimeOffset issuedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        byte[] claims = DeterministicCbor.Encode(payload =>
        {
            payload.WriteStartMap(3);
            payload.WriteInt32(ExpirationClaim);
            payload.WriteInt64((issuedAt + lifetime).ToUnixTimeSeconds());
            payload.WriteInt32(IssuedAtClaim);
            payload.WriteInt64(issuedAt.ToUnixTimeSeconds());
            payload.WriteInt32(MarkerClaim);
            payload.WriteTag((CborTag)EpochTickTag);
            payload.WriteByteString(RandomNumberGenerator.GetBytes(TickBytes));
            payload.WriteEndMap();
        });
        return new EpochMarker(CwtSigner.Sign(signer, claims), issuedAt);
    }
}
