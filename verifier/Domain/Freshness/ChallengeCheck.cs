using System.Buffers.Binary;
using System.Globalization;
using IotAttest.Domain.Evidence;

namespace IotAttest.Domain.Freshness;

/// <summary>Decides from the nonce alone whether it is one of our challenges, for this board, and young enough.</summary>
public static class ChallengeCheck
{
    /// <summary>How long a challenge may be answered.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How far ahead the clock of another verifier may run.</summary>
    public static TimeSpan ClockTolerance { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Checks MAC and age; whether the challenge was spent is checked where it is spent.</summary>
    /// <param name="keys">The challenge keys in use.</param>
    /// <param name="nonce">32 bytes.</param>
    /// <param name="ueid">17 bytes.</param>
    /// <param name="now">The verifier's time.</param>
    /// <param name="stamp">What accepting the evidence spends.</param>
    /// <returns>Null when it is fresh, else the refusal.</returns>
    public static Refusal? Check(IReadOnlyList<ChallengeKey> keys, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ueid, DateTimeOffset now, out FreshnessStamp stamp)
    {
        stamp = default;
        ChallengeKey? maker = FindMaker(keys, nonce, ueid);
        if (maker is null)
        {
            return NotFresh("a nonce that this verifier did not make for this board, or made before its challenge key was rotated");
        }

        stamp = new FreshnessStamp(maker.Id, BinaryPrimitives.ReadInt64BigEndian(nonce));
        TimeSpan age = now - stamp.Time;
        if (age > Lifetime)
        {
            return NotFresh(string.Create(CultureInfo.InvariantCulture, $"a challenge that is {age.TotalSeconds:F0} s old"));
        }

        return age < -ClockTolerance
            ? NotFresh(string.Create(CultureInfo.InvariantCulture, $"a challenge from {-age.TotalSeconds:F0} s in the future"))
            : null;
    }

    private static ChallengeKey? FindMaker(IReadOnlyList<ChallengeKey> keys, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ueid)
    {
        for (int i = 0; i < keys.Count; i++)
        {
            if (keys[i].Made(nonce, ueid))
            {
                return keys[i];
            }
        }

        return null;
    }

    private static Refusal NotFresh(string seen) => new(
        RefusalCode.NonceNotFresh,
        seen,
        $"a challenge made for this board at most {Lifetime.TotalSeconds:F0} s ago",
        "ask for a new challenge (publish hello, or POST /v1/challenges) and answer it at once");
}
