using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;

namespace IotAttest.Domain.Tests.Freshness;

public sealed class EpochTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    [Fact]
    public void A_marker_is_signed_and_its_hash_is_the_nonce()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        EpochMarker marker = EpochMarker.Issue(key, Noon, Lifetime);

        Assert.True(CoseMessage.TryDecode(marker.Bytes, CoseLimits.Tolerant, out CoseMessage? message, out DecodeStatus status), status.ToString());
        Assert.True(message.Verify(key, []));
        Assert.Equal(SHA256.HashData(marker.Bytes.Span), marker.Nonce);
    }

    [Fact]
    public void Evidence_may_bind_the_last_two_markers_and_no_older_one()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        EpochMarker[] newestFirst = [.. Enumerable.Range(0, 3).Select(age => EpochMarker.Issue(key, Noon.AddMinutes(-5 * age), Lifetime))];

        Assert.Null(EpochCheck.Check(newestFirst, newestFirst[0].Nonce, out FreshnessStamp newest));
        Assert.Null(EpochCheck.Check(newestFirst, newestFirst[1].Nonce, out FreshnessStamp previous));
        Assert.Equal(RefusalCode.NonceNotFresh, EpochCheck.Check(newestFirst, newestFirst[2].Nonce, out _)?.Code);
        Assert.Equal(Noon, newest.Time);
        Assert.Equal(Noon.AddMinutes(-5), previous.Time);
    }
}
