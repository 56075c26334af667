namespace IotAttest.Service.Registry.Stats;

/// <summary>How boards do, over all builds. Only what <see cref="LiveView"/> tells of each build is added up: whoever subtracts one figure from another learns nothing new.</summary>
/// <param name="Least">The smallest number that is told of a build; builds with fewer boards are left out.</param>
/// <param name="Builds">Builds that run on so many boards.</param>
/// <param name="Total">Their boards; of a build with a count that is left out rounded down to tens.</param>
/// <param name="Counts">By group, without the counts that are left out.</param>
internal sealed record LiveTotals(int Least, int Builds, long Total, IReadOnlyDictionary<string, long> Counts)
{
    public static LiveTotals Of(IEnumerable<LiveView> builds)
    {
        LiveView[] told = [.. builds.Where(build => !build.TooFew)];
        Dictionary<string, long> counts = told
            .SelectMany(build => build.Counts)
            .GroupBy(count => count.Key)
            .ToDictionary(group => group.Key, group => group.Sum(count => count.Value ?? 0));
        return new LiveTotals(LiveView.Fewest, told.Length, told.Sum(build => build.Total ?? 0), counts);
    }
}
