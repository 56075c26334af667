using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;

namespace IotAttest.Service.Freshness;

/// <summary>Checks the nonce of evidence in the one way that enrolment fixed for the board: no downgrade.</summary>
internal sealed class FreshnessSource(ChallengeKeyRing challenges, EpochClock epochs, TimeProvider clock)
{
    public Refusal? Check(DecodedClaims claims, DeviceIdentity device, out FreshnessStamp stamp) => device.Freshness == FreshnessMode.Challenge
        ? ChallengeCheck.Check(challenges.Keys, claims.Nonce.Span, claims.Ueid.Span, clock.GetUtcNow(), out stamp)
        : EpochCheck.Check(epochs.Current, claims.Nonce.Span, out stamp);
}
