using System.Data.Common;
using Dapper;
using IotAttest.Domain.Cases;

namespace IotAttest.Service.Cases;

/// <summary>Cases in the database. Their histories are only ever added to; triggers refuse anything else.</summary>
internal static class CaseTable
{
    private const string Select = $"SELECT {CaseRow.Columns} FROM cases c";

    public static CaseRow? Find(DbConnection connection, DbTransaction? transaction, long id) =>
        connection.QuerySingleOrDefault<CaseRow>($"{Select} WHERE c.id = @id", new { id }, transaction);

    public static bool HasOpen(DbConnection connection, DbTransaction transaction, CaseType type, CaseSubject subject, long? decision = null) => connection.ExecuteScalar<bool>(
        """
        SELECT EXISTS (SELECT 1 FROM cases WHERE type = @type AND is_open = 1 AND certificate_id IS NOT DISTINCT FROM @Certificate AND application_id IS NOT DISTINCT FROM @Application AND (@decision IS NULL OR decision = @decision))
        """,
        new { type = (long)type, subject.Certificate, subject.Application, decision },
        transaction);

    /// <summary>A page of what the caller may see.</summary>
    public static List<CaseRow> List(DbConnection connection, CaseSight sight, CaseFilter filter) => connection
        .Query<CaseRow>(
            $"""
            {Select} WHERE c.id > @after AND (@All = 1 OR c.body = @Body OR (c.holder = @Holder AND c.type <> 4) OR c.opened_by = @Opener)
              AND (@type IS NULL OR c.type = @type) AND (@IsOpen IS NULL OR c.is_open = @IsOpen) AND (@Certificate IS NULL OR c.certificate_id = @Certificate)
            ORDER BY c.id LIMIT @limit
            """,
            new { after = filter.Paging.Cursor ?? 0, sight.All, sight.Body, sight.Holder, sight.Opener, type = (long?)filter.Type, filter.IsOpen, filter.Certificate, limit = filter.Paging.Limit })
        .AsList();

    /// <summary>Appeals about some certificates, oldest first.</summary>
    public static List<CaseRow> AppealsOf(DbConnection connection, IEnumerable<string> certificates) => connection
        .Query<CaseRow>($"{Select} WHERE c.certificate_id IN @certificates AND c.type = 3 ORDER BY c.id", new { certificates })
        .AsList();

    /// <summary>Open appeals about a certificate.</summary>
    public static List<CaseRow> OpenAppeals(DbConnection connection, DbTransaction transaction, string certificate) => connection
        .Query<CaseRow>($"{Select} WHERE c.certificate_id = @certificate AND c.type = 3 AND c.is_open = 1 ORDER BY c.id", new { certificate }, transaction)
        .AsList();

    public static Dictionary<long, CaseLife> LivesOf(DbConnection connection, DbTransaction? transaction, IReadOnlyCollection<CaseRow> rows)
    {
        object key = new { ids = rows.Select(row => row.Id).ToArray() };
        ILookup<long, CaseEvent> events = connection
            .Query<CaseEventRow>($"SELECT {CaseEventRow.Columns} FROM case_events WHERE case_id IN @ids ORDER BY seq", key, transaction)
            .ToLookup(row => row.CaseId, row => row.ToEvent());
        ILookup<long, (string, DateTimeOffset)> clocks = connection
            .Query<(long Case, string Name, long DueAt)>("SELECT case_id, name, due_at FROM case_clocks WHERE case_id IN @ids", key, transaction)
            .ToLookup(row => row.Case, row => (row.Name, DateTimeOffset.FromUnixTimeMilliseconds(row.DueAt)));
        ILookup<long, string> excluded = connection
            .Query<(long Case, string Person)>("SELECT case_id, person FROM case_excluded WHERE case_id IN @ids", key, transaction)
            .ToLookup(row => row.Case, row => row.Person);
        return rows.ToDictionary(row => row.Id, row => row.LifeWith([.. events[row.Id]], clocks[row.Id], excluded[row.Id]));
    }

    /// <returns>Its number.</returns>
    public static long Open(DbConnection connection, DbTransaction transaction, NewCase opened, DateTimeOffset now)
    {
        long id = connection.QuerySingle<long>(
            """
            INSERT INTO cases (type, certificate_id, application_id, decision, opened_by, holder, body, opened_at, summary, is_open)
            VALUES (@type, @Certificate, @Application, @Decision, @OpenedBy, @Holder, @Body, @now, @Summary, 1) RETURNING id
            """,
            new { type = (long)opened.Type, opened.Subject.Certificate, opened.Subject.Application, opened.Decision, opened.OpenedBy, opened.Subject.Holder, opened.Subject.Body, now = now.ToUnixTimeMilliseconds(), opened.Summary },
            transaction);
        AddClocks(connection, transaction, id, CaseClocks.AtOpening(opened.Type, now, opened.Subject.ValidUntil));
        connection.Execute("INSERT INTO case_excluded (case_id, person) VALUES (@id, @person)", opened.Excluded.Distinct().Select(person => new { id, person }), transaction);
        Append(connection, transaction, id, new CaseEvent(now, CaseStep.Open, opened.OpenedBy, opened.Person) { RationalePublic = opened.Summary });
        return id;
    }

    /// <summary>Adds what a step made of a case: its event, a clock that it started, and whether the case is open.</summary>
    public static void Add(DbConnection connection, DbTransaction transaction, long id, CaseLife before, CaseLife after)
    {
        AddClocks(connection, transaction, id, after.Clocks.Where(clock => before.Clocks.All(known => known.Name != clock.Name)));
        Append(connection, transaction, id, after.History[^1]);
        connection.Execute("UPDATE cases SET is_open = @IsOpen WHERE id = @id", new { after.IsOpen, id }, transaction);
    }

    private static void AddClocks(DbConnection connection, DbTransaction transaction, long id, IEnumerable<CaseClock> clocks) => connection.Execute(
        "INSERT INTO case_clocks (case_id, name, due_at) VALUES (@id, @Name, @dueAt)",
        clocks.Select(clock => new { id, clock.Name, dueAt = clock.DueAt.ToUnixTimeMilliseconds() }),
        transaction);

    private static void Append(DbConnection connection, DbTransaction transaction, long id, CaseEvent added) => connection.Execute(
        """
        INSERT INTO case_events (case_id, at, step, taken_by, person, rationale_public, rationale_confidential, dissent, assigned, clock, outcome)
        VALUES (@id, @at, @step, @By, @Person, @RationalePublic, @RationaleConfidential, @Dissent, @Assigned, @Clock, @Outcome)
        """,
        new { id, at = added.At.ToUnixTimeMilliseconds(), step = (long)added.Step, added.By, added.Person, added.RationalePublic, added.RationaleConfidential, added.Dissent, added.Assigned, added.Clock, added.Outcome },
        transaction);
}
