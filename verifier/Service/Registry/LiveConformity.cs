using IotAttest.Domain.Appraisal;
using IotAttest.Service.Devices;
using IotAttest.Service.Registry.Stats;

namespace IotAttest.Service.Registry;

/// <summary>How the boards of each build do. Counted over all boards at once, at most every few seconds: many readers share one pass.</summary>
internal sealed class LiveConformity(DeviceDirectory directory, VerdictSource verdicts, TimeProvider clock)
{
    /// <summary>Oldest count that is shown as of now.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Count? _last;

    /// <summary>The boards whose last matched build is this one.</summary>
    public LiveView Of(string build)
    {
        Count count = Newest();
        return LiveView.Of(build, count.ByBuild.GetValueOrDefault(build), count.At);
    }

    /// <summary>The boards of all builds, as far as they are told of each.</summary>
    public LiveTotals Totals()
    {
        Count count = Newest();
        return LiveTotals.Of(count.ByBuild.Select(build => LiveView.Of(build.Key, build.Value, count.At)));
    }

    private Count Newest()
    {
        Count? last = Volatile.Read(ref _last);
        if (last is not null && IsFresh(last))
        {
            return last;
        }

        lock (_gate)
        {
            if (_last is null || !IsFresh(_last))
            {
                Volatile.Write(ref _last, Take());
            }

            return _last!;
        }
    }

    private bool IsFresh(Count count) => clock.GetUtcNow() - count.At is { Ticks: >= 0 } age && age < Age;

    private Count Take()
    {
        DateTimeOffset now = clock.GetUtcNow();
        Dictionary<string, BoardTally> byBuild = new(StringComparer.Ordinal);
        foreach (DeviceEntry device in directory.All)
        {
            DeviceState state = device.State;
            Verdict verdict = verdicts.Of(device, state);
            if ((verdict.Build ?? state.Facts.LastBuild) is { } build)
            {
                if (!byBuild.TryGetValue(build, out BoardTally? tally))
                {
                    byBuild[build] = tally = new BoardTally();
                }

                Add(tally, verdict.Conformity);
            }
        }

        return new Count(now, byBuild);
    }

    private static void Add(BoardTally tally, Conformity conformity)
    {
        switch (conformity)
        {
            case Conformity.Conformant: tally.Conformant++; break;
            case Conformity.PendingCoverage: tally.Pending++; break;
            case Conformity.Drifted or Conformity.Compromised: tally.Drifted++; break;
            case Conformity.Stale: tally.Silent++; break;
            case Conformity.CertificateNotInForce or Conformity.Vulnerable or Conformity.SupportEnded: tally.Other++; break;
            default: break; // Decommissioned and never heard: no board in use.
        }
    }

    private sealed record Count(DateTimeOffset At, Dictionary<string, BoardTally> ByBuild);
}
