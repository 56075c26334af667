using System.Data.Common;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Transparency;

/// <summary>Hashes the entries of a transaction into the tree of the log, with statements that are prepared once.</summary>
/// <remarks>Most transactions of the writer are evidence and have no entry: for them one look at a partial index is all.</remarks>
internal sealed class LogSeal : IDisposable
{
    private readonly DbCommand _isOpen;
    private readonly DbCommand _open;
    private readonly DbCommand _setLeaf;
    private readonly DbCommand _addNode;
    private readonly DbCommand _leaf;
    private readonly DbCommand _node;

    public LogSeal(DbConnection connection)
    {
        _isOpen = connection.CreateCommand();
        _isOpen.CommandText = "SELECT EXISTS (SELECT 1 FROM log_entries WHERE leaf IS NULL)";
        _open = connection.CreateCommand();
        _open.CommandText = $"SELECT l.seq, {LogTable.EntryColumn} FROM log_entries l WHERE l.leaf IS NULL ORDER BY l.seq";
        _setLeaf = connection.CreateCommand();
        _setLeaf.CommandText = "UPDATE log_entries SET leaf = @hash WHERE seq = @seq";
        _addNode = connection.CreateCommand();
        _addNode.CommandText = "INSERT INTO log_nodes (level, idx, hash) VALUES (@level, @idx, @hash)";
        _leaf = connection.CreateCommand();
        _leaf.CommandText = "SELECT leaf FROM log_entries WHERE seq = @seq";
        _node = connection.CreateCommand();
        _node.CommandText = "SELECT hash FROM log_nodes WHERE level = @level AND idx = @idx";
        Name(_setLeaf, "@hash", "@seq");
        Name(_addNode, "@level", "@idx", "@hash");
        Name(_leaf, "@seq");
        Name(_node, "@level", "@idx");
    }

    /// <summary>Called before the transaction commits, so that an entry is never seen without its leaf.</summary>
    public void Run(DbTransaction transaction)
    {
        if ((long)Ready(_isOpen, transaction).ExecuteScalar()! == 0)
        {
            return;
        }

        foreach ((long sequence, byte[]? entry) in Open(transaction))
        {
            byte[] leaf = MerkleHash.OfLeaf(entry);
            Ready(_setLeaf, transaction, leaf, sequence).ExecuteNonQuery();
            foreach (MerkleNode node in MerkleTree.NodesOf(sequence - 1, leaf, (level, index) => Node(transaction, level, index)).Where(node => node.Level > 0))
            {
                Ready(_addNode, transaction, (long)node.Level, node.Index, node.Hash).ExecuteNonQuery();
            }
        }
    }

    public void Dispose()
    {
        _isOpen.Dispose();
        _open.Dispose();
        _setLeaf.Dispose();
        _addNode.Dispose();
        _leaf.Dispose();
        _node.Dispose();
    }

    private List<(long Sequence, byte[]? Entry)> Open(DbTransaction transaction)
    {
        List<(long, byte[]?)> entries = [];
        using DbDataReader reader = Ready(_open, transaction).ExecuteReader();
        while (reader.Read())
        {
            entries.Add((reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1)));
        }

        return entries;
    }

    private byte[] Node(DbTransaction transaction, int level, long index) =>
        (level == 0 ? Ready(_leaf, transaction, index + 1) : Ready(_node, transaction, (long)level, index)).ExecuteScalar() as byte[]
        ?? throw new InvalidOperationException($"Node {level}/{index} of the log is not in the database.");

    private static void Name(DbCommand command, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            command.AddParameter(name);
        }
    }

    private static DbCommand Ready(DbCommand command, DbTransaction transaction, params ReadOnlySpan<object> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.Transaction = transaction;
        return command;
    }
}
