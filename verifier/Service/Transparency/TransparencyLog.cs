using System.Data.Common;
using System.Security.Cryptography;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Problems;
using IotAttest.Service.Results;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Transparency;

/// <summary>Reads the log and signs what it says: checkpoints and receipts, with the verifier's key.</summary>
internal sealed class TransparencyLog(Database database, VerifierKey key, TimeProvider clock)
{
    /// <summary>The kind of entry that is a signed manifest.</summary>
    public const string BuildKind = "build";

    /// <summary>The kind of entry that is a signed certificate.</summary>
    public const string CertificateKind = "certificate";

    /// <summary>The state of the log now, or when it had another size.</summary>
    /// <exception cref="ProblemException">The log never had that size.</exception>
    public Checkpoint Checkpoint(long? size = null)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginSnapshot();
        MerkleTree tree = LogTable.Tree(connection, transaction);
        Check("size", size ?? tree.Size, tree.Size);
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        return new Checkpoint(Domain.Transparency.Checkpoint.OriginOf(key.Signer), size ?? tree.Size, new Sha256Digest(tree.RootAt(size ?? tree.Size)), now);
    }

    public string Sign(Checkpoint checkpoint) => checkpoint.Sign(key.Signer);

    /// <summary>What shows that an entry is in the log of a size.</summary>
    /// <exception cref="ProblemException">No such entry, or the log never had that size.</exception>
    public LogProofView Inclusion(long sequence, long? size)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginSnapshot();
        MerkleTree tree = LogTable.Tree(connection, transaction);
        Check("size", size ?? tree.Size, tree.Size);
        MerkleTree asked = new(size ?? tree.Size, (level, index) => LogTable.FindNode(connection, transaction, level, index)!);
        Check("seq", sequence, asked.Size);
        byte[] leaf = LogTable.FindNode(connection, transaction, 0, sequence - 1)!;
        return new LogProofView(sequence, asked.Size, Text(leaf), [.. asked.Inclusion(sequence - 1).Select(Text)], Text(asked.Root()));
    }

    /// <summary>What shows that the log of one size is the beginning of the log of another.</summary>
    /// <exception cref="ProblemException">The log never had these sizes.</exception>
    public LogConsistencyView Consistency(long from, long? to)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginSnapshot();
        MerkleTree tree = LogTable.Tree(connection, transaction);
        Check("to", to ?? tree.Size, tree.Size);
        MerkleTree later = new(to ?? tree.Size, (level, index) => LogTable.FindNode(connection, transaction, level, index)!);
        Check("from", from, later.Size);
        return new LogConsistencyView(from, later.Size, Text(later.RootAt(from)), Text(later.Root()), [.. later.Consistency(from).Select(Text)]);
    }

    public List<LogRow> Entries(long after, int limit)
    {
        using DbConnection connection = database.Open();
        return LogTable.After(connection, after, limit);
    }

    /// <summary>Entries before a number, newest first; from the newest on without one.</summary>
    public List<LogRow> Before(long? sequence, int limit)
    {
        using DbConnection connection = database.Open();
        return LogTable.Before(connection, sequence ?? long.MaxValue, limit);
    }

    /// <summary>The number of the entry of a signed file; null when there is none.</summary>
    public long? NumberOf(string kind, string id)
    {
        using DbConnection connection = database.Open();
        return LogTable.NumberOf(connection, kind, id);
    }

    /// <summary>The receipt of a signed file: that it is in the log as it is now.</summary>
    /// <param name="kind"><see cref="BuildKind"/> or <see cref="CertificateKind"/>.</param>
    /// <param name="id">The build or certificate.</param>
    /// <exception cref="ProblemException">No such file.</exception>
    public byte[] Receipt(string kind, string id) => Receipted(kind, id).Receipt;

    /// <summary>A signed file with its receipt inside (RFC 9943: a transparent statement).</summary>
    /// <exception cref="ProblemException">No such file.</exception>
    public byte[] Statement(string kind, string id)
    {
        (byte[] receipt, byte[] file) = Receipted(kind, id);
        return TransparentStatement.Attach(file, receipt);
    }

    private (byte[] Receipt, byte[] File) Receipted(string kind, string id)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginSnapshot();
        LogRow row = LogTable.Find(connection, transaction, kind, id) ?? throw Refuse.NotFound($"no {kind} of that id", $"the id of a {kind}");
        ECDsa signer = key.Signer;
        byte[] receipt = InclusionReceipt.Sign(LogTable.Tree(connection, transaction), row.Sequence - 1, Domain.Transparency.Checkpoint.OriginOf(signer), $"{kind} {id}", signer);
        return (receipt, row.Entry!);
    }

    private static void Check(string name, long given, long size)
    {
        if (given < 1 || given > size)
        {
            throw Refuse.NotFound($"{name}={given}", $"1 to {size}, as many entries as there are");
        }
    }

    private static string Text(byte[] hash) => new Sha256Digest(hash).ToString();
}
