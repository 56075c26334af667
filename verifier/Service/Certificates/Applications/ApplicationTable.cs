using System.Data.Common;
using System.Text.Json;
using Dapper;
using IotAttest.Domain.Certificates.Applications;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Certificates.Applications;

/// <summary>Applications and their histories in the database. Histories are only ever added to; triggers refuse anything else.</summary>
internal static class ApplicationTable
{
    private const string Select = $"SELECT {ApplicationRow.Columns} FROM applications a";

    public static ApplicationRow? Find(DbConnection connection, DbTransaction? transaction, long id) =>
        connection.QuerySingleOrDefault<ApplicationRow>($"{Select} WHERE a.id = @id", new { id }, transaction);

    /// <summary>The application that is neither certified nor refused; there is at most one.</summary>
    public static ApplicationRow? FindOpen(DbConnection connection, DbTransaction transaction, string build, string body, string scheme, string level) =>
        connection.QuerySingleOrDefault<ApplicationRow>(
            $"{Select} WHERE a.build_id = @build AND a.body = @body AND a.scheme = @scheme AND a.level = @level AND a.status IN (1, 2, 3)", new { build, body, scheme, level }, transaction);

    /// <summary>A page of what the scope may see.</summary>
    public static List<ApplicationRow> List(DbConnection connection, ApplicationSight sight, Paging paging) => connection
        .Query<ApplicationRow>(
            $"{Select} WHERE a.id > @after AND (@All = 1 OR a.holder = @Holder OR a.body = @Body OR a.laboratory = @Laboratory) ORDER BY a.id LIMIT @limit",
            new { after = paging.Cursor ?? 0, sight.All, sight.Holder, sight.Body, sight.Laboratory, limit = paging.Limit })
        .AsList();

    /// <summary>Those that a body, or any, has not decided, oldest first.</summary>
    public static List<ApplicationRow> Undecided(DbConnection connection, string? body, Paging paging) => connection
        .Query<ApplicationRow>(
            $"{Select} WHERE a.id > @after AND a.status IN (1, 2, 3) AND (@body IS NULL OR a.body = @body) ORDER BY a.id LIMIT @limit",
            new { after = paging.Cursor ?? 0, body, limit = paging.Limit })
        .AsList();

    /// <summary>Those in evaluation that everybody may know of.</summary>
    public static List<ApplicationRow> Public(DbConnection connection, Paging paging) => connection
        .Query<ApplicationRow>(
            $"{Select} WHERE a.id > @after AND a.status IN (2, 3) AND EXISTS (SELECT 1 FROM application_events e WHERE e.application_id = a.id AND e.is_public = 1) ORDER BY a.id LIMIT @limit",
            new { after = paging.Cursor ?? 0, limit = paging.Limit })
        .AsList();

    public static ILookup<long, ApplicationEvent> Events(DbConnection connection, DbTransaction? transaction, IEnumerable<long> ids) => connection
        .Query<ApplicationEventRow>($"SELECT {ApplicationEventRow.Columns} FROM application_events WHERE application_id IN @ids ORDER BY seq", new { ids }, transaction)
        .ToLookup(row => row.ApplicationId, row => row.ToEvent());

    public static ApplicationLife LifeOf(DbConnection connection, DbTransaction? transaction, ApplicationRow row) => row.LifeWith(Events(connection, transaction, [row.Id])[row.Id]);

    /// <returns>Its number.</returns>
    public static long Insert(DbConnection connection, DbTransaction transaction, string holder, ApplicationRequest request, DateTimeOffset now) => connection.QuerySingle<long>(
        """
        INSERT INTO applications (holder, body, scheme, level, build_id, summary, answers, filed_at, status)
        VALUES (@holder, @Body, @Scheme, @Level, @Build, @SummaryPlain, @answers, @now, 1) RETURNING id
        """,
        new { holder, request.Body, request.Scheme, request.Level, request.Build, request.SummaryPlain, answers = JsonSerializer.Serialize(request.Answers), now = now.ToUnixTimeMilliseconds() },
        transaction);

    /// <summary>Adds a step and keeps what it made of the application beside it.</summary>
    public static void Append(DbConnection connection, DbTransaction transaction, long id, ApplicationEvent added, string person, long? proposal)
    {
        connection.Execute(
            """
            INSERT INTO application_events (application_id, at, step, status, taken_by, person, reason, laboratory, certificate_id, is_public, proposal_id)
            VALUES (@id, @at, @step, @status, @By, @person, @Reason, @Laboratory, @Certificate, @IsPublic, @proposal);
            UPDATE applications SET status = @status, laboratory = coalesce(@Laboratory, laboratory) WHERE id = @id;
            """,
            new
            {
                id,
                at = added.At.ToUnixTimeMilliseconds(),
                step = (long)added.Step,
                status = (long)added.Status,
                added.By,
                person,
                added.Reason,
                added.Laboratory,
                added.Certificate,
                added.IsPublic,
                proposal,
            },
            transaction);
    }
}
