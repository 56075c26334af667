using System.Data.Common;
using Dapper;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Webhooks;

/// <summary>Webhooks in the database.</summary>
internal static class WebhookTable
{
    private const int MaxDeadLetters = 1000;

    public static List<WebhookRow> All(DbConnection connection) =>
        connection.Query<WebhookRow>($"SELECT {WebhookRow.Columns} FROM webhooks ORDER BY rowid").AsList();

    public static List<WebhookRow> Of(DbConnection connection, DbTransaction? transaction, string? organisation) =>
        connection.Query<WebhookRow>($"SELECT {WebhookRow.Columns} FROM webhooks WHERE organisation IS NOT DISTINCT FROM @organisation ORDER BY rowid", new { organisation }, transaction).AsList();

    public static WebhookRow? Find(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QuerySingleOrDefault<WebhookRow>($"SELECT {WebhookRow.Columns} FROM webhooks WHERE id = @id", new { id }, transaction);

    public static void Insert(DbConnection connection, DbTransaction transaction, WebhookRow row) => connection.Execute(
        """
        INSERT INTO webhooks (id, organisation, roles, url, types, secret, cursor, created_at, token_id, ends_at)
        VALUES (@Id, @Organisation, @Roles, @Url, @Types, @Secret, @Cursor, @CreatedAt, @TokenId, @EndsAt)
        """,
        row,
        transaction);

    /// <summary>Puts another login behind it; what failed is tried again at once.</summary>
    public static void Rebind(DbConnection connection, DbTransaction transaction, WebhookRow row) => connection.Execute(
        "UPDATE webhooks SET roles = @Roles, token_id = @TokenId, ends_at = @EndsAt, next_attempt = 0 WHERE id = @Id", row, transaction);

    public static void Delete(DbConnection connection, DbTransaction transaction, string id)
    {
        connection.Execute("DELETE FROM webhook_dead_letters WHERE webhook = @id", new { id }, transaction);
        connection.Execute("DELETE FROM webhooks WHERE id = @id", new { id }, transaction);
    }

    /// <summary>Goes on after an event that was delivered or given up.</summary>
    public static void Advance(DbConnection connection, DbTransaction transaction, string id, long cursor) => connection.Execute(
        "UPDATE webhooks SET cursor = @cursor, attempts = 0, next_attempt = 0 WHERE id = @id", new { id, cursor }, transaction);

    /// <summary>Goes back to an earlier cursor.</summary>
    public static void Rewind(DbConnection connection, DbTransaction transaction, string id, long since)
    {
        connection.Execute("DELETE FROM webhook_dead_letters WHERE webhook = @id AND seq > @since", new { id, since }, transaction);
        Advance(connection, transaction, id, since);
    }

    public static void PutOff(DbConnection connection, DbTransaction transaction, string id, long attempts, long nextAttempt) => connection.Execute(
        "UPDATE webhooks SET attempts = @attempts, next_attempt = @nextAttempt WHERE id = @id", new { id, attempts, nextAttempt }, transaction);

    /// <summary>Keeps an event that was given up; of very many the newest.</summary>
    public static void Bury(DbConnection connection, DbTransaction transaction, string id, long seq, string error, long now)
    {
        connection.Execute(
            "INSERT INTO webhook_dead_letters (webhook, seq, at, error) SELECT id, @seq, @now, @error FROM webhooks WHERE id = @id ON CONFLICT (webhook, seq) DO UPDATE SET at = excluded.at, error = excluded.error",
            new { id, seq, now, error },
            transaction);
        connection.Execute(
            $"DELETE FROM webhook_dead_letters WHERE webhook = @id AND seq <= (SELECT seq FROM webhook_dead_letters WHERE webhook = @id ORDER BY seq DESC LIMIT 1 OFFSET {MaxDeadLetters})",
            new { id },
            transaction);
    }

    public static List<DeadLetterView> DeadLetters(DbConnection connection, string id) =>
        [.. connection
            .Query<(long Seq, long At, string Error)>("SELECT seq, at, error FROM webhook_dead_letters WHERE webhook = @id ORDER BY seq", new { id })
            .Select(row => new DeadLetterView(Paging.CursorOf(row.Seq), UtcText.OfMs(row.At), row.Error))];
}
