using System.Data.Common;
using Dapper;
using IotAttest.Domain.Transparency;

namespace IotAttest.Service.Transparency;

/// <summary>The log in the database. Triggers write its entries; this reads them and fills in the hashes.</summary>
internal static class LogTable
{
    /// <summary>What an entry holds: its body, or the signed file in its own table.</summary>
    public const string EntryColumn =
        "coalesce(l.body, CASE l.kind WHEN 'build' THEN (SELECT b.manifest FROM builds b WHERE b.id = l.ref) WHEN 'certificate' THEN (SELECT c.corim FROM certificates c WHERE c.id = l.ref) END) AS Entry";

    private const string EntryColumns = $"l.seq AS Sequence, l.at, l.kind, l.ref, l.leaf, {EntryColumn}";

    /// <summary>Hashes the entries of this transaction into the tree: called before it commits, so that an entry is never seen without its leaf.</summary>
    public static void Seal(DbConnection connection, DbTransaction transaction)
    {
        using LogSeal seal = new(connection);
        seal.Run(transaction);
    }

    /// <summary>The tree as it is committed; its hashes are read when they are needed.</summary>
    public static MerkleTree Tree(DbConnection connection, DbTransaction? transaction) =>
        new(connection.ExecuteScalar<long>("SELECT coalesce(max(seq), 0) FROM log_entries WHERE leaf IS NOT NULL", transaction: transaction), (level, index) => Node(connection, transaction, level, index));

    /// <summary>Entries after a number, in order.</summary>
    public static List<LogRow> After(DbConnection connection, long sequence, int limit) => connection
        .Query<LogRow>($"SELECT {EntryColumns} FROM log_entries l WHERE l.seq > @sequence AND l.leaf IS NOT NULL ORDER BY l.seq LIMIT @limit", new { sequence, limit })
        .AsList();

    /// <summary>Entries before a number, newest first.</summary>
    public static List<LogRow> Before(DbConnection connection, long sequence, int limit) => connection
        .Query<LogRow>($"SELECT {EntryColumns} FROM log_entries l WHERE l.seq < @sequence AND l.leaf IS NOT NULL ORDER BY l.seq DESC LIMIT @limit", new { sequence, limit })
        .AsList();

    /// <summary>The number of the entry about one thing, or null.</summary>
    public static long? NumberOf(DbConnection connection, string kind, string reference) =>
        connection.ExecuteScalar<long?>("SELECT seq FROM log_entries WHERE kind = @kind AND ref = @reference AND leaf IS NOT NULL", new { kind, reference });

    /// <summary>The entry about one thing, or null.</summary>
    public static LogRow? Find(DbConnection connection, DbTransaction? transaction, string kind, string reference) => connection
        .QuerySingleOrDefault<LogRow>($"SELECT {EntryColumns} FROM log_entries l WHERE l.kind = @kind AND l.ref = @reference AND l.leaf IS NOT NULL", new { kind, reference }, transaction);

    /// <summary>What the rows that were logged say today: kind, ref and entry.</summary>
    public static IEnumerable<(string Kind, string Ref, byte[] Body)> Sources(DbConnection connection) =>
        connection.Query<(string, string, byte[])>("SELECT kind, ref, body FROM log_source", buffered: false);

    public static byte[]? FindNode(DbConnection connection, DbTransaction? transaction, int level, long index) => level == 0
        ? connection.ExecuteScalar<byte[]?>("SELECT leaf FROM log_entries WHERE seq = @sequence", new { sequence = index + 1 }, transaction)
        : connection.ExecuteScalar<byte[]?>("SELECT hash FROM log_nodes WHERE level = @level AND idx = @index", new { level, index }, transaction);

    private static byte[] Node(DbConnection connection, DbTransaction? transaction, int level, long index) =>
        FindNode(connection, transaction, level, index) ?? throw new InvalidOperationException($"Node {level}/{index} of the log is not in the database.");
}
