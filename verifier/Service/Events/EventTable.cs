using Dapper;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Events;

/// <summary>The outbox in the database. Rows come from triggers, so that no change can be stored without its event.</summary>
internal static class EventTable
{
    private const string Joined =
        """
        SELECT e.seq, e.at, e.kind, e.detail,
            d.ueid, coalesce(d.manufacturer, b.manufacturer, cb.manufacturer, m.manufacturer) AS Manufacturer, d.owner,
            h.conformity, h.drift, h.as_of AS AsOf, coalesce(h.cause, ce.reason, be.reason, m.reason) AS Cause,
            (SELECT p.conformity FROM device_history p WHERE p.device_id = h.device_id AND p.seq < h.seq ORDER BY p.seq DESC LIMIT 1) AS Previous,
            coalesce(h.build, b.id, cb.id) AS Build, coalesce(b.class, m.class) AS Class, b.version, m.version AS Minimum, b.superseded_by AS SupersededBy, b.accepted_until AS AcceptedUntil,
            ce.certificate_id AS Certificate, ce.status, coalesce(ce.decided_by, be.decided_by, m.decided_by) AS DecidedBy, k.organisation, k.kid
        FROM events e
            LEFT JOIN device_history h ON e.kind = 1 AND h.seq = e.ref
            LEFT JOIN devices d ON d.id = CASE e.kind WHEN 1 THEN h.device_id WHEN 6 THEN e.ref END
            LEFT JOIN certificate_events ce ON e.kind = 2 AND ce.seq = e.ref
            LEFT JOIN certificates c ON c.id = ce.certificate_id
            LEFT JOIN builds cb ON cb.id = c.build_id
            LEFT JOIN build_events be ON e.kind = 7 AND be.seq = e.ref
            LEFT JOIN builds b ON b.rowid = CASE WHEN e.kind IN (3, 4) THEN e.ref WHEN e.kind = 7 THEN (SELECT r.rowid FROM builds r WHERE r.id = be.build_id) END
            LEFT JOIN class_minimums m ON e.kind = 8 AND m.seq = e.ref
            LEFT JOIN organisation_keys k ON e.kind = 5 AND k.kid = e.ref
        """;

    private const string Select =
        $"""
        {Joined}
        WHERE e.seq > @After AND (@everyKind OR e.kind IN @kinds)
            AND (e.kind NOT IN (1, 6) OR @AllBoards OR d.manufacturer = @Maker OR d.owner = @Owner)
        ORDER BY e.seq LIMIT @Limit
        """;

    public static long Newest(SqliteConnection connection) => connection.ExecuteScalar<long>("SELECT coalesce(max(seq), 0) FROM events");

    /// <summary>The events after the cursor that the scope may hear, oldest first.</summary>
    public static List<EventRow> Read(SqliteConnection connection, EventScope scope, EventQuery query) => connection
        .Query<EventRow>(
            Select,
            new
            {
                query.After,
                everyKind = query.Kinds.Count == 0,
                kinds = query.Kinds.Select(kind => (long)kind).DefaultIfEmpty(0),
                scope.AllBoards,
                scope.Maker,
                scope.Owner,
                query.Limit,
            })
        .AsList();

    /// <summary>Events by their numbers, oldest first.</summary>
    public static List<EventRow> ReadSome(SqliteConnection connection, IReadOnlyCollection<long> numbers) =>
        connection.Query<EventRow>($"{Joined} WHERE e.seq IN @numbers ORDER BY e.seq", new { numbers }).AsList();

    public static void InsertAddress(SqliteConnection connection, SqliteTransaction transaction, long deviceId, string detail, long now) => connection.Execute(
        "INSERT INTO events (at, kind, ref, detail) VALUES (@now, @kind, @deviceId, @detail)",
        new { now, kind = (long)EventKind.DeviceAddress, deviceId, detail },
        transaction);

    public static void InsertLogAltered(SqliteConnection connection, SqliteTransaction transaction, long sequence, string detail, long now) => connection.Execute(
        "INSERT INTO events (at, kind, ref, detail) VALUES (@now, @kind, @sequence, @detail)",
        new { now, kind = (long)EventKind.LogAltered, sequence, detail },
        transaction);
}
