using System.Data.Common;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Transparency;

/// <summary>Checks the log in a database against the rows it was made from, its own entries, its hashes, and what was kept elsewhere.</summary>
public static class LogAudit
{
    private const int Page = 1000;

    /// <summary>Checks the database file of a verifier, which may be running; nothing is written.</summary>
    /// <param name="dataDirectory">The verifier's data directory, or a copy of it.</param>
    /// <param name="keptLeaves">Leaf hashes kept from an earlier look, from entry 1 on; or null.</param>
    /// <returns>What was found; compare it with the checkpoints that were kept.</returns>
    /// <exception cref="StoreException">No database there, or none that can be read.</exception>
    public static LogCheck OfFile(string dataDirectory, IReadOnlyList<byte[]>? keptLeaves = null)
    {
        string file = Path.Combine(dataDirectory, "iotattest.db");
        if (!File.Exists(file))
        {
            throw new StoreException($"There is no {file}. Give the data directory of a verifier, or a copy of it.");
        }

        try
        {
            using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            return Of(connection, keptLeaves);
        }
        catch (DbException cause)
        {
            throw new StoreException($"The database {file} cannot be read ({cause.Message}). Give the data directory of a verifier of this version, or a copy of it.", cause);
        }
    }

    internal static LogCheck Of(DbConnection connection, IReadOnlyList<byte[]>? keptLeaves = null)
    {
        // One view of the store for everything that is compared.
        using IDisposable view = connection.BeginView();
        return OfSnapshot(connection, keptLeaves);
    }

    private static LogCheck OfSnapshot(DbConnection connection, IReadOnlyList<byte[]>? keptLeaves)
    {
        Dictionary<(string Kind, string Ref), byte[]> sources = LogTable.Sources(connection).ToDictionary(source => (source.Kind, source.Ref), source => source.Body);
        LogCheck check = new((level, index) => LogTable.FindNode(connection, null, level, index), keptLeaves);
        List<LogRow> page = LogTable.After(connection, 0, Page);
        while (page.Count > 0)
        {
            foreach (LogRow row in page)
            {
                bool hasSource = sources.Remove((row.Kind, row.Ref), out byte[]? source);
                check.Add(new LoggedEntry(row.Sequence, Subject(row.Kind, row.Ref), Bytes(row.Entry), row.Leaf, Bytes(source)));
                CheckRow(connection, check, row, hasSource);
            }

            page = LogTable.After(connection, page[^1].Sequence, Page);
        }

        foreach ((string kind, string reference) in sources.Keys)
        {
            check.Miss(null, Subject(kind, reference));
        }

        return check;
    }

    private static void CheckRow(DbConnection connection, LogCheck check, LogRow row, bool hasSource)
    {
        string subject = Subject(row.Kind, row.Ref);
        if (!hasSource)
        {
            if (row.Kind != "log")
            {
                check.Miss(row.Sequence, subject);
            }

            return;
        }

        string? difference = row.Kind switch
        {
            TransparencyLog.BuildKind => DerivedRows.OfBuild(connection, row.Ref, row.Entry),
            TransparencyLog.CertificateKind => DerivedRows.OfCertificate(connection, row.Ref, row.Entry),
            _ => null,
        };
        if (difference is not null)
        {
            check.Contradict(row.Sequence, $"{subject}: {difference}");
        }
    }

    // An array that is null would convert to a memory of no bytes, which is not the same as none.
    private static ReadOnlyMemory<byte>? Bytes(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : bytes.AsMemory();

    private static string Subject(string kind, string reference) => $"{kind} {reference}";
}
