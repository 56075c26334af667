using IotAttest.Service.Problems;

namespace IotAttest.Service.Fleet;

/// <summary>How far back the chart of a fleet goes, and in which steps.</summary>
/// <param name="Name">As the query says it.</param>
/// <param name="Step">Between two points, which lie on whole steps of UTC.</param>
/// <param name="Count">Points before now.</param>
internal sealed record FleetRange(string Name, TimeSpan Step, int Count)
{
    public static FleetRange Day { get; } = new("day", TimeSpan.FromHours(1), 24);

    public static FleetRange Week { get; } = new("week", TimeSpan.FromHours(6), 28);

    public static FleetRange Month { get; } = new("month", TimeSpan.FromDays(1), 30);

    public static IReadOnlyList<FleetRange> All { get; } = [Day, Week, Month];

    /// <exception cref="ProblemException">Another word.</exception>
    public static FleetRange Of(string? name) => name is null
        ? Day
        : All.FirstOrDefault(range => range.Name == name) ?? throw Refuse.Malformed("another range", "day, week or month", "Correct the range.");

    /// <summary>The moments of the points: whole steps, then now itself.</summary>
    public DateTimeOffset[] PointsAt(DateTimeOffset now)
    {
        DateTimeOffset last = now.AddTicks(-(now.UtcTicks % Step.Ticks));
        return [.. Enumerable.Range(0, Count).Select(back => last - ((Count - 1 - back) * Step)).Where(moment => moment < now), now];
    }
}
