using Dapper;
using IotAttest.Service.Transparency;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Storage;

/// <summary>The SQLite file and how it is opened: one writer, any number of readers (WAL).</summary>
internal sealed class Database : IDisposable
{
    public const string FileName = "iotattest.db";

    /// <summary>A file up to this size is read through at the start, which takes a second or two at most.</summary>
    private const long CheckedBytes = 512L * 1024 * 1024;

    private readonly string _connectionString;

    public Database(DataDirectory directory)
    {
        File = directory.PrivateFile(FileName);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = File, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = true, ForeignKeys = true }.ToString();
        using SqliteConnection connection = Open();
        RefuseDamage(connection);
        MigrationRunner.Apply(connection);
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        LogTable.Seal(connection, transaction);
        transaction.Commit();
    }

    public string File { get; }

    /// <summary>Opens a connection; reads see the last commit.</summary>
    /// <exception cref="StoreException">The file cannot be opened or is no database.</exception>
    public SqliteConnection Open()
    {
        SqliteConnection connection = new(_connectionString);
        try
        {
            connection.Open();
            using SqliteCommand pragmas = connection.CreateCommand();

            // FULL: a commit that was acknowledged survives a power cut, not only a killed process.
            pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA journal_size_limit = 16777216;";
            pragmas.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException cause)
        {
            connection.Dispose();
            throw new StoreException($"The database {File} cannot be opened ({cause.Message}). Check that the disk has room and that the file is a database of this program; restore a backup if it is damaged: iotattest restore.", cause);
        }
    }

    /// <summary>Opens the connection of the one writer, which keeps more pages at hand.</summary>
    /// <exception cref="StoreException">The file cannot be opened or is no database.</exception>
    public SqliteConnection OpenForWriting()
    {
        SqliteConnection connection = Open();
        using SqliteCommand pragma = connection.CreateCommand();

        // In KiB: the pages that thousands of boards share stay in memory from one transaction to the next.
        pragma.CommandText = "PRAGMA cache_size = -32768;";
        pragma.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Closes pooled connections: the last one to close folds the write-ahead log into the file.</summary>
    public void Dispose()
    {
        using SqliteConnection connection = new(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    // A page that nobody reads at the start would else be found by the first board that needs it.
    private void RefuseDamage(SqliteConnection connection)
    {
        if (new FileInfo(File).Length <= CheckedBytes && connection.ExecuteScalar<string>("PRAGMA quick_check(1)") is var found and not "ok")
        {
            throw new StoreException($"The database {File} is damaged ({found}). Keep a copy of it, and restore a backup into an empty directory: iotattest restore.");
        }
    }
}
