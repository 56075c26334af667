using System.Data.Common;
using Dapper;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Advisories.Incidents;

/// <summary>Incidents in the database: rows are added, never changed.</summary>
internal static class IncidentTable
{
    private const string Columns =
        "i.id, i.organisation, i.kind, i.advisory_id AS AdvisoryId, i.title, i.opened_at AS OpenedAt, i.recorded_at AS RecordedAt, i.opened_by AS OpenedBy, i.reason";

    private const string StepColumns = "s.incident_id AS IncidentId, s.step, s.at, s.recorded_at AS RecordedAt, s.recorded_by AS RecordedBy, s.reason";

    public static IncidentRow? Find(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QuerySingleOrDefault<IncidentRow>($"SELECT {Columns} FROM incidents i WHERE i.id = @id", new { id }, transaction);

    public static IncidentRow? FindByAdvisory(DbConnection connection, DbTransaction transaction, string organisation, long kind, string advisoryId) =>
        connection.QuerySingleOrDefault<IncidentRow>(
            $"SELECT {Columns} FROM incidents i WHERE i.organisation = @organisation AND i.kind = @kind AND i.advisory_id = @advisoryId", new { organisation, kind, advisoryId }, transaction);

    /// <summary>Incidents of an organisation, or of all; the cursor is a row number.</summary>
    public static List<(long RowId, IncidentRow Incident)> List(DbConnection connection, string? organisation, Paging paging) =>
    [
        .. connection.Query<long, IncidentRow, (long, IncidentRow)>(
            $"SELECT i.rowid, {Columns} FROM incidents i WHERE i.rowid > @after AND (@organisation IS NULL OR i.organisation = @organisation) ORDER BY i.rowid LIMIT @Limit",
            (rowId, incident) => (rowId, incident),
            new { after = paging.Cursor ?? 0, organisation, paging.Limit },
            splitOn: "id"),
    ];

    /// <summary>Incidents that nobody closed.</summary>
    public static List<IncidentRow> Open(DbConnection connection, DbTransaction? transaction) => connection
        .Query<IncidentRow>($"SELECT {Columns} FROM incidents i WHERE NOT EXISTS (SELECT 1 FROM incident_steps s WHERE s.incident_id = i.id AND s.step = 5)", transaction: transaction)
        .AsList();

    public static List<StepRow> StepsOf(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.Query<StepRow>($"SELECT {StepColumns} FROM incident_steps s WHERE s.incident_id = @id ORDER BY s.seq", new { id }, transaction).AsList();

    /// <summary>Clocks that were told to have run out.</summary>
    public static HashSet<string> OverdueOf(DbConnection connection, DbTransaction? transaction, string id) =>
        [.. connection.Query<string>("SELECT clock FROM incident_overdue WHERE incident_id = @id", new { id }, transaction)];

    public static void Insert(DbConnection connection, DbTransaction transaction, IncidentRow row) => connection.Execute(
        """
        INSERT INTO incidents (id, organisation, kind, advisory_id, title, opened_at, recorded_at, opened_by, reason)
        VALUES (@Id, @Organisation, @Kind, @AdvisoryId, @Title, @OpenedAt, @RecordedAt, @OpenedBy, @Reason)
        """,
        row,
        transaction);

    public static void InsertStep(DbConnection connection, DbTransaction transaction, StepRow row) => connection.Execute(
        "INSERT INTO incident_steps (incident_id, step, at, recorded_at, recorded_by, reason) VALUES (@IncidentId, @Step, @At, @RecordedAt, @RecordedBy, @Reason)", row, transaction);

    public static void InsertOverdue(DbConnection connection, DbTransaction transaction, string incident, string clock, long dueAt, long now) => connection.Execute(
        "INSERT INTO incident_overdue (incident_id, clock, due_at, at) VALUES (@incident, @clock, @dueAt, @now) ON CONFLICT DO NOTHING", new { incident, clock, dueAt, now }, transaction);
}
