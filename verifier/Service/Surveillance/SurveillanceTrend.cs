using System.Data.Common;
using Dapper;
using IotAttest.Domain.Appraisal;

namespace IotAttest.Service.Surveillance;

/// <summary>Draws the groups over time from the history of boards: each stays in the group of its last row until the next one.</summary>
internal static class SurveillanceTrend
{
    private const int Days = 30;

    private const string Changes =
        """
        SELECT h.device_id AS Board, h.at AS At, h.conformity AS Conformity, coalesce(a.build, a.last_build) AS Build
        FROM device_history h JOIN devices d ON d.id = h.device_id LEFT JOIN appraisals a ON a.id = h.appraisal_id
        WHERE d.manufacturer = @manufacturer AND d.class = @classId AND h.as_of IS NOT NULL
        ORDER BY h.at, h.seq
        """;

    /// <param name="connection">The store.</param>
    /// <param name="manufacturer">The maker.</param>
    /// <param name="classId">The product.</param>
    /// <param name="build">The certified build.</param>
    /// <param name="now">The end; not a point itself.</param>
    /// <returns>The ends of the days before, oldest first, from the first on that had boards.</returns>
    public static List<TrendDay> Read(DbConnection connection, string manufacturer, Guid classId, string build, DateTimeOffset now)
    {
        DateTimeOffset midnight = new(now.UtcDateTime.Date, TimeSpan.Zero);
        Queue<DateTimeOffset> ends = new(Enumerable.Range(0, Days).Select(day => midnight.AddDays(day - Days + 1)));
        Dictionary<long, string> groups = [];
        List<TrendDay> days = [];
        object key = new { manufacturer, classId = classId.ToByteArray(bigEndian: true) };
        foreach ((long board, long at, long conformity, string? reported) in connection.Query<(long, long, long, string?)>(Changes, key, buffered: false))
        {
            while (ends.TryPeek(out DateTimeOffset end) && at >= end.ToUnixTimeMilliseconds())
            {
                Add(days, ends.Dequeue(), groups);
            }

            Move(groups, board, reported is null || reported == build ? SurveillanceGroups.Of((Conformity)conformity) : null);
        }

        while (ends.TryDequeue(out DateTimeOffset end))
        {
            Add(days, end, groups);
        }

        return days;
    }

    private static void Move(Dictionary<long, string> groups, long board, string? group)
    {
        if (group is null)
        {
            groups.Remove(board);
        }
        else
        {
            groups[board] = group;
        }
    }

    private static void Add(List<TrendDay> days, DateTimeOffset end, Dictionary<long, string> groups)
    {
        if (groups.Count == 0 && days.Count == 0)
        {
            return;
        }

        Dictionary<string, long> counts = groups.Values.GroupBy(group => group).ToDictionary(group => group.Key, group => group.LongCount());
        days.Add(new TrendDay(end, [.. SurveillanceGroups.Heard.Select(group => new NamedCount(group, counts.GetValueOrDefault(group)))]));
    }
}
