using System.Security.Cryptography;
using IotAttest.Domain.Evidence;

namespace IotAttest.Domain.Freshness;

/// <summary>Decides whether a nonce belongs to one of the last two epochs.</summary>
public static class EpochCheck
{
    /// <summary>How many of the newest markers evidence may bind.</summary>
    public const int AcceptedMarkers = 2;

    /// <summary>Checks the nonce against the newest markers.</summary>
    /// <param name="markers">Markers, newest first; only the first two count.</param>
    /// <param name="nonce">32 bytes.</param>
    /// <param name="stamp">Source 0 and the time of the marker.</param>
    /// <returns>Null when it is fresh, else the refusal.</returns>
    public static Refusal? Check(IReadOnlyList<EpochMarker> markers, ReadOnlySpan<byte> nonce, out FreshnessStamp stamp)
    {
        for (int i = 0; i < Math.Min(markers.Count, AcceptedMarkers); i++)
        {
            if (CryptographicOperations.FixedTimeEquals(markers[i].Nonce, nonce))
            {
                stamp = new FreshnessStamp(0, markers[i].IssuedAt.ToUnixTimeMilliseconds());
                return null;
            }
        }

        stamp = default;
        return new Refusal(
            RefusalCode.NonceNotFresh,
            "a nonce that is not the SHA-256 of one of the last two epoch markers",
            "the SHA-256 of the signed epoch marker as it was received",
            "read the marker again (retained on iotattest/v1/epoch, or GET /v1/epoch) and send new evidence");
    }
}
