using System.Data.Common;
using Dapper;
using IotAttest.Domain.Devices;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Transfers;

/// <summary>Transfers in the database: statements as they were signed, and what became of them, append-only.</summary>
internal static class TransferTable
{
    private const string Select = """
        SELECT t.rowid AS RowId, t.id, t.sender, t.receiver, t.kid, t.issued_at AS IssuedAt, t.expires_at AS ExpiresAt, t.boards,
            (SELECT e.event FROM transfer_events e WHERE e.transfer_id = t.id ORDER BY e.seq DESC LIMIT 1) AS Event
        FROM transfers t
        """;

    public static Transfer? Find(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QuerySingleOrDefault<Row>($"{Select} WHERE t.id = @id", new { id }, transaction)?.ToTransfer();

    public static byte[] StatementOf(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QuerySingle<byte[]>("SELECT statement FROM transfers WHERE id = @id", new { id }, transaction);

    /// <summary>A page, newest first; of one organisation, or of all when it is null.</summary>
    public static (IReadOnlyList<Transfer> Transfers, string? Next) List(DbConnection connection, string? organisation, Paging paging)
    {
        List<Row> rows = connection.Query<Row>(
            $"{Select} WHERE t.rowid < @before AND (@organisation IS NULL OR t.sender = @organisation OR t.receiver = @organisation) ORDER BY t.rowid DESC LIMIT @Limit",
            new { before = paging.Cursor ?? long.MaxValue, organisation, paging.Limit }).AsList();
        return ([.. rows.Select(row => row.ToTransfer())], rows.Count == paging.Limit ? Paging.CursorOf(rows[^1].RowId) : null);
    }

    public static IReadOnlyList<TransferEventView> EventsOf(DbConnection connection, string id) => [.. connection
        .Query<(long At, string Event, string By, string Reason)>("SELECT at, event, decided_by, reason FROM transfer_events WHERE transfer_id = @id ORDER BY seq", new { id })
        .Select(row => new TransferEventView(UtcText.OfMs(row.At), row.Event, row.By, row.Reason))];

    /// <summary>Row, UEID and whether the sender still has it, of each board.</summary>
    public static List<(long Id, byte[] Ueid, bool IsSenders)> BoardsOf(DbConnection connection, DbTransaction? transaction, string id) => connection
        .Query<(long, byte[], bool)>(
            """
            SELECT d.id, d.ueid, coalesce(d.owner, d.manufacturer) = t.sender AND coalesce(s.decommissioned, 0) = 0
            FROM transfer_boards b JOIN transfers t ON t.id = b.transfer_id JOIN devices d ON d.id = b.device_id LEFT JOIN device_state s ON s.device_id = d.id
            WHERE b.transfer_id = @id ORDER BY d.ueid
            """,
            new { id },
            transaction)
        .AsList();

    /// <summary>The row of a board that the organisation has and that is in service; null for any other.</summary>
    public static long? FindBoard(DbConnection connection, DbTransaction transaction, byte[] ueid, string organisation) => connection.QuerySingleOrDefault<long?>(
        """
        SELECT d.id FROM devices d LEFT JOIN device_state s ON s.device_id = d.id
        WHERE d.ueid = @ueid AND coalesce(d.owner, d.manufacturer) = @organisation AND coalesce(s.decommissioned, 0) = 0
        """,
        new { ueid, organisation },
        transaction);

    /// <summary>True when an offer that is still open names the board.</summary>
    public static bool IsOffered(DbConnection connection, DbTransaction transaction, long deviceId, long now) => connection.ExecuteScalar<long>(
        """
        SELECT count(*) FROM transfer_boards b JOIN transfers t ON t.id = b.transfer_id
        WHERE b.device_id = @deviceId AND t.expires_at >= @now AND NOT EXISTS (SELECT 1 FROM transfer_events e WHERE e.transfer_id = t.id AND e.event <> 'Offered')
        """,
        new { deviceId, now },
        transaction) > 0;

    public static void Insert(DbConnection connection, DbTransaction transaction, TransferStatement statement, ulong kid, byte[] file, IEnumerable<long> boards)
    {
        connection.Execute(
            """
            INSERT INTO transfers (id, sender, receiver, kid, issued_at, expires_at, boards, statement)
            VALUES (@Id, @From, @To, @kid, @issuedAt, @expiresAt, @count, @file)
            """,
            new { statement.Id, statement.From, statement.To, kid = (long)kid, issuedAt = statement.IssuedAt.ToUnixTimeMilliseconds(), expiresAt = statement.ExpiresAt.ToUnixTimeMilliseconds(), count = (long)statement.Ueids.Count, file },
            transaction);
        connection.Execute("INSERT INTO transfer_boards (transfer_id, device_id) VALUES (@Id, @board)", boards.Select(board => new { statement.Id, board }), transaction);
    }

    public static void InsertEvent(DbConnection connection, DbTransaction transaction, string id, TransferState state, string by, string reason, long now) => connection.Execute(
        "INSERT INTO transfer_events (transfer_id, at, event, decided_by, reason) VALUES (@id, @now, @name, @by, @reason)",
        new { id, now, name = state.ToString(), by, reason },
        transaction);

    private sealed class Row
    {
        public long RowId { get; init; }

        public string Id { get; init; } = "";

        public string Sender { get; init; } = "";

        public string Receiver { get; init; } = "";

        public long Kid { get; init; }

        public long IssuedAt { get; init; }

        public long ExpiresAt { get; init; }

        public long Boards { get; init; }

        public string Event { get; init; } = "";

        public Transfer ToTransfer() => new(
            Id, Sender, Receiver, Kid, DateTimeOffset.FromUnixTimeMilliseconds(IssuedAt), DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt), Boards, Enum.Parse<TransferState>(Event));
    }
}
