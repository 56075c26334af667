namespace IotAttest.Domain.Advisories;

/// <summary>How a fleet moves to the fixed build, day by day (UTC), from what its boards attested. Pure.</summary>
public static class AdoptionCurve
{
    /// <summary>Most points; of a longer time the last ones are given.</summary>
    public const int MaxPoints = 366;

    /// <summary>Fewest boards that a figure for everybody may stand for.</summary>
    public const int MinPublic = 10;

    /// <summary>One point for the end of each day from the first to yesterday, and one for now.</summary>
    /// <param name="changes">Each change of the build that a board attests, oldest first.</param>
    /// <param name="from">When the advisory was published.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyList<AdoptionPoint> Of(IEnumerable<AdoptionChange> changes, DateTimeOffset from, DateTimeOffset now)
    {
        Dictionary<long, AdoptionGroup> boards = [];
        int[] counts = new int[Enum.GetValues<AdoptionGroup>().Length];
        List<AdoptionPoint> points = [];
        using IEnumerator<AdoptionChange> next = changes.GetEnumerator();
        bool hasNext = next.MoveNext();
        foreach (DateTimeOffset end in Ends(from, now))
        {
            // A day ends before the first moment of the next one.
            while (hasNext && (next.Current.At < end || (end == now && next.Current.At == now)))
            {
                Move(boards, counts, next.Current);
                hasNext = next.MoveNext();
            }

            points.Add(new AdoptionPoint(end == now ? now : end.AddDays(-1), counts[(int)AdoptionGroup.Fixed], counts[(int)AdoptionGroup.Affected], counts[(int)AdoptionGroup.Other]));
        }

        return points;
    }

    /// <summary>The point as everybody may see it: null where a figure stands for too few boards to stay anonymous.</summary>
    public static AdoptionPoint? ForEverybody(AdoptionPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return new[] { point.Fixed, point.Affected, point.Other }.Any(count => count is > 0 and < MinPublic) ? null : point;
    }

    private static void Move(Dictionary<long, AdoptionGroup> boards, int[] counts, AdoptionChange change)
    {
        if (boards.Remove(change.Board, out AdoptionGroup earlier))
        {
            counts[(int)earlier]--;
        }

        if (change.Group is { } group)
        {
            boards[change.Board] = group;
            counts[(int)group]++;
        }
    }

    // The first moment after each day, then now.
    private static IEnumerable<DateTimeOffset> Ends(DateTimeOffset from, DateTimeOffset now)
    {
        DateTimeOffset today = new(now.UtcDateTime.Date, TimeSpan.Zero);
        DateTimeOffset earliest = today.AddDays(1 - MaxPoints);
        DateTimeOffset first = new(from.UtcDateTime.Date, TimeSpan.Zero);
        for (DateTimeOffset day = first < earliest ? earliest : first; day < today; day = day.AddDays(1))
        {
            yield return day.AddDays(1);
        }

        yield return now;
    }
}
