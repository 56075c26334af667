using IotAttest.Service.Hosting;

namespace IotAttest.Service.Registry;

/// <summary>How boards do, for everybody. No number below <see cref="Least"/> is told, nor one from which it could be computed: few boards are somebody's boards.</summary>
/// <param name="Build">The build they run.</param>
/// <param name="AsOf">When they were counted.</param>
/// <param name="Least">The smallest number that is told.</param>
/// <param name="TooFew">True when all of them together are fewer than that; then nothing else is told.</param>
/// <param name="Total">All of them; rounded down to tens where a count is left out.</param>
/// <param name="Counts">By group: a number, or null for one between 1 and <paramref name="Least"/> - 1.</param>
internal sealed record LiveView(string Build, string AsOf, int Least, bool TooFew, long? Total, IReadOnlyDictionary<string, long?> Counts)
{
    public const int Fewest = 10;

    public static LiveView Of(string build, BoardTally? tally, DateTimeOffset at)
    {
        if (tally is null || tally.Total < Fewest)
        {
            return new LiveView(build, UtcText.Of(at), Fewest, TooFew: true, null, new Dictionary<string, long?>());
        }

        Dictionary<string, long?> counts = new()
        {
            ["conformant"] = Tell(tally.Conformant),
            ["pending"] = Tell(tally.Pending),
            ["drifted"] = Tell(tally.Drifted),
            ["silent"] = Tell(tally.Silent),
            ["other"] = Tell(tally.Other),
        };
        long total = counts.Values.Any(count => count is null) ? tally.Total / Fewest * Fewest : tally.Total;
        return new LiveView(build, UtcText.Of(at), Fewest, TooFew: false, total, counts);
    }

    private static long? Tell(long count) => count is > 0 and < Fewest ? null : count;
}
