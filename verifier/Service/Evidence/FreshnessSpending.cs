using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Domain.Identity;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Evidence;

/// <summary>Single use: whether the freshness of verified evidence is later than what the board spent last.</summary>
internal static class FreshnessSpending
{
    public static Refusal? Check(FreshnessMode mode, DeviceState state, VerifiedEvidence evidence) => mode == FreshnessMode.Challenge
        ? CheckChallenge(state.Stamp, evidence.Stamp)
        : CheckEpoch(state, evidence);

    // The time of the last accepted challenge must grow; growth counts per challenge key, and keys grow themselves.
    private static Refusal? CheckChallenge(FreshnessStamp last, FreshnessStamp next)
    {
        if (next == last)
        {
            return Used("a challenge that was answered before");
        }

        return next.Source < last.Source || (next.Source == last.Source && next.TimeMs < last.TimeMs)
            ? new Refusal(RefusalCode.NonceNotFresh, "a challenge older than the one answered last", "the newest challenge", "answer the newest challenge only")
            : null;
    }

    private static Refusal? CheckEpoch(DeviceState state, VerifiedEvidence evidence)
    {
        if (evidence.Stamp.TimeMs < state.Stamp.TimeMs)
        {
            return new Refusal(RefusalCode.NonceNotFresh, "an epoch older than the one of the last evidence", "the newest epoch marker", "read the marker again and send new evidence");
        }

        return IdentityCheck.HasGrown(state.Baseline, evidence.Claims.Counters)
            ? null
            : Used("evidence whose (bootcount, uptime) did not grow");
    }

    private static Refusal Used(string seen) => new(
        RefusalCode.NonceUsed,
        seen,
        "each nonce once",
        "ask for a new challenge, or in epoch mode send evidence of a later moment");
}
