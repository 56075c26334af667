namespace IotAttest.Domain.Identity;

/// <summary>Compares counters with those of the last accepted evidence (DESIGN.md section 4): finds clones and rewound boards.</summary>
public static class IdentityCheck
{
    /// <summary>True when both can come from one board in this order.</summary>
    /// <param name="baseline">Counters of the last accepted evidence; null after enrolment, clear or rekey.</param>
    /// <param name="reported">Counters of evidence whose freshness holds.</param>
    /// <remarks>Same count and same seed: uptime must not fall. Higher count: the seed must be new; gaps are fine, a
    /// board may start often between two challenges. Everything else needs two boards, or one that was wound back.</remarks>
    public static bool IsOneBoard(BootCounters? baseline, BootCounters reported)
    {
        if (baseline is null)
        {
            return true;
        }

        bool isSameSeed = baseline.BootSeed == reported.BootSeed;
        return reported.BootCount == baseline.BootCount
            ? isSameSeed && reported.UptimeSeconds >= baseline.UptimeSeconds
            : reported.BootCount > baseline.BootCount && !isSameSeed;
    }

    /// <summary>True when (bootcount, uptime) grew: what makes evidence of a sleepy board new within one epoch.</summary>
    public static bool HasGrown(BootCounters? baseline, BootCounters reported) =>
        baseline is null
        || reported.BootCount > baseline.BootCount
        || (reported.BootCount == baseline.BootCount && reported.UptimeSeconds > baseline.UptimeSeconds);
}
