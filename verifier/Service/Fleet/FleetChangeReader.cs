using System.Data.Common;
using Dapper;
using IotAttest.Domain.Appraisal;

namespace IotAttest.Service.Fleet;

/// <summary>Reads from the history of boards, and from their enrolment, what became of how many when.</summary>
internal static class FleetChangeReader
{
    private const string History = """
        SELECT h.seq, h.device_id, h.at, h.conformity,
            coalesce((SELECT p.conformity FROM device_history p WHERE p.device_id = h.device_id AND p.seq < h.seq ORDER BY p.seq DESC LIMIT 1), @unknown)
        FROM device_history h WHERE h.seq > @after ORDER BY h.seq LIMIT @rows
        """;

    /// <summary>Changes after a row of history, and the row read last.</summary>
    public static (List<FleetChange> Changes, long Last) OfHistory(DbConnection connection, long after, int rows)
    {
        List<FleetChange> changes = [];
        long last = after;
        foreach ((long seq, long device, long at, long to, long from) in connection.Query<(long, long, long, long, long)>(History, new { after, rows, unknown = (long)Conformity.Unknown }))
        {
            last = seq;
            if (from != to)
            {
                changes.Add(new FleetChange(at, (int)device, (byte)from, (byte)to));
            }
        }

        return (changes, last);
    }

    /// <summary>Boards enrolled after a row and a moment, each as the change from nothing to Unknown, and the row read last.</summary>
    public static (List<FleetChange> Changes, long Last) OfEnrolment(DbConnection connection, long after, long sinceMs, int rows)
    {
        List<(long Id, long At)> read = connection.Query<(long, long)>("SELECT id, enrolled_at FROM devices WHERE id > @after ORDER BY id LIMIT @rows", new { after, rows }).AsList();
        return ([.. read.Where(row => row.At > sinceMs).Select(row => new FleetChange(row.At, (int)row.Id, 0, (byte)Conformity.Unknown))], read.Count > 0 ? read[^1].Id : after);
    }

    /// <summary>The last row of history before a moment, by bisection: rows are written in the order of time.</summary>
    public static long LastBefore(DbConnection connection, long atMs, int mostRows)
    {
        (long low, long high) = connection.QuerySingle<(long, long)>("SELECT coalesce(min(seq), 1) - 1, coalesce(max(seq), 0) FROM device_history");
        long floor = Math.Max(low, high - mostRows);
        low = floor;
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            long? at = connection.QuerySingleOrDefault<long?>("SELECT at FROM device_history WHERE seq > @middle ORDER BY seq LIMIT 1", new { middle });
            (low, high) = at < atMs ? (middle + 1, high) : (low, middle);
        }

        return Math.Max(floor, low);
    }
}
