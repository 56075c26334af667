using System.Data.Common;
using Dapper;

namespace IotAttest.Service.Events;

/// <summary>The outbox in the database. Rows come from triggers, so that no change can be stored without its event.</summary>
internal static class EventTable
{
    private const string Joined =
        """
        SELECT e.seq, e.at, e.kind, e.detail,
            d.ueid, coalesce(d.manufacturer, b.manufacturer, cb.manufacturer, m.manufacturer, ap.holder, cs.holder) AS Manufacturer, d.owner,
            h.conformity, h.drift, h.conditions, coalesce(ha.advisories, v.advisories) AS Advisories, h.as_of AS AsOf, coalesce(h.cause, ce.reason, be.reason, m.reason, k.removal_reason, te.reason) AS Cause,
            (SELECT p.conformity FROM device_history p WHERE p.device_id = h.device_id AND p.seq < h.seq ORDER BY p.seq DESC LIMIT 1) AS Previous,
            coalesce(ha.build, b.id, cb.id, ap.build_id) AS Build, coalesce(b.class, m.class) AS Class, coalesce(b.version, a.version) AS Version, m.version AS Minimum, b.superseded_by AS SupersededBy, b.accepted_until AS AcceptedUntil,
            coalesce(ce.certificate_id, ae.certificate_id, cs.certificate_id) AS Certificate, coalesce(ce.status, ae.status) AS Status, coalesce(ce.decided_by, be.decided_by, m.decided_by, a.importer, te.decided_by) AS DecidedBy, coalesce(k.organisation, i.organisation) AS Organisation, k.kid,
            a.id AS Advisory, coalesce(a.title, i.title) AS Title, a.severity, a.withdrawn, v.vulnerabilities, i.id AS Incident, io.clock, io.due_at AS DueAt,
            coalesce(ap.id, cs.application_id) AS Application, ap.scheme, ap.level, coalesce(ap.body, cs.body) AS Body,
            cs.id AS "Case", cs.type AS CaseTypeNumber, kx.step AS CaseStepNumber, kx.outcome,
            t.id AS Transfer, te.event AS TransferState, t.sender AS TransferFrom, t.receiver AS TransferTo, t.boards AS Boards
        FROM events e
            LEFT JOIN device_history h ON e.kind = 1 AND h.seq = e.ref
            LEFT JOIN appraisals ha ON ha.id = h.appraisal_id
            LEFT JOIN devices d ON d.id = CASE e.kind WHEN 1 THEN h.device_id WHEN 6 THEN e.ref WHEN 131 THEN e.ref END
            LEFT JOIN certificate_events ce ON e.kind = 2 AND ce.seq = e.ref
            LEFT JOIN certificates c ON c.id = ce.certificate_id
            LEFT JOIN builds cb ON cb.id = c.build_id
            LEFT JOIN build_vulnerability_changes v ON e.kind = 93 AND v.seq = e.ref
            LEFT JOIN build_events be ON e.kind = 7 AND be.seq = e.ref
            LEFT JOIN builds b ON b.rowid = CASE WHEN e.kind IN (3, 4) THEN e.ref WHEN e.kind IN (7, 93) THEN (SELECT r.rowid FROM builds r WHERE r.id = coalesce(be.build_id, v.build_id)) END
            LEFT JOIN class_minimums m ON e.kind = 8 AND m.seq = e.ref
            LEFT JOIN advisory_releases ar ON e.kind IN (91, 92) AND ar.seq = e.ref
            LEFT JOIN advisories a ON a.seq = ar.advisory_seq
            LEFT JOIN incident_overdue io ON e.kind = 94 AND io.seq = e.ref
            LEFT JOIN incidents i ON i.id = io.incident_id
            LEFT JOIN organisation_keys k ON e.kind = 5 AND k.kid = e.ref
            LEFT JOIN application_events ae ON e.kind = 110 AND ae.seq = e.ref
            LEFT JOIN applications ap ON ap.id = ae.application_id
            LEFT JOIN case_events kx ON e.kind = 111 AND kx.seq = e.ref
            LEFT JOIN cases cs ON cs.id = kx.case_id
            LEFT JOIN transfer_events te ON e.kind = 132 AND te.seq = e.ref
            LEFT JOIN transfers t ON t.id = te.transfer_id
        """;

    private const string Select =
        $"""
        {Joined}
        WHERE e.seq > @After AND (@everyKind = 1 OR e.kind IN @kinds)
            AND (e.kind NOT IN (1, 6, 131, 132) OR @AllBoards = 1 OR d.manufacturer = @Maker OR d.owner = @Owner OR t.sender IN (@Maker, @Owner) OR t.receiver = @Owner)
            AND (e.kind <> 94 OR @AllBoards = 1 OR i.organisation = @Maker)
            AND (e.kind <> 110 OR @AllBoards = 1 OR ap.holder = @Maker OR ap.body = @Body OR ap.laboratory = @Laboratory)
            AND (e.kind <> 111 OR @AllBoards = 1 OR (cs.holder = @Maker AND cs.type <> 4) OR cs.body = @Body OR cs.opened_by = @Organisation)
        ORDER BY e.seq LIMIT @Limit
        """;

    public static long Newest(DbConnection connection) => connection.ExecuteScalar<long>("SELECT coalesce(max(seq), 0) FROM events");

    /// <summary>The events after the cursor that the scope may hear, oldest first.</summary>
    public static List<EventRow> Read(DbConnection connection, EventScope scope, EventQuery query) => connection
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
                scope.Body,
                scope.Laboratory,
                scope.Organisation,
                query.Limit,
            })
        .AsList();

    /// <summary>Events by their numbers, oldest first.</summary>
    public static List<EventRow> ReadSome(DbConnection connection, IReadOnlyCollection<long> numbers) =>
        connection.Query<EventRow>($"{Joined} WHERE e.seq IN @numbers ORDER BY e.seq", new { numbers }).AsList();

    public static void InsertAddress(DbConnection connection, DbTransaction transaction, long deviceId, string detail, long now) => connection.Execute(
        "INSERT INTO events (at, kind, ref, detail) VALUES (@now, @kind, @deviceId, @detail)",
        new { now, kind = (long)EventKind.DeviceAddress, deviceId, detail },
        transaction);

    public static void InsertLogAltered(DbConnection connection, DbTransaction transaction, long sequence, string detail, long now) => connection.Execute(
        "INSERT INTO events (at, kind, ref, detail) VALUES (@now, @kind, @sequence, @detail)",
        new { now, kind = (long)EventKind.LogAltered, sequence, detail },
        transaction);
}
