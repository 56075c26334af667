using System.Data.Common;
using Dapper;
using IotAttest.Service.Transparency;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Storage.Sqlite;

/// <summary>The SQLite file and how it is opened: one writer, any number of readers (WAL).</summary>
internal sealed class SqliteDatabase : Database
{
    public const string FileName = "iotattest.db";

    /// <summary>A file up to this size is read through at the start, which takes a second or two at most.</summary>
    private const long CheckedBytes = 512L * 1024 * 1024;

    private const int DiskFault = 10;
    private const int DiskFull = 13;

    private readonly string _connectionString;

    public SqliteDatabase(DataDirectory directory)
    {
        File = directory.PrivateFile(FileName);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = File, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = true, ForeignKeys = true }.ToString();
        using SqliteConnection connection = OpenFile();
        RefuseDamage(connection);
        SqliteMigrations.Apply(connection);
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        LogTable.Seal(connection, transaction);
        transaction.Commit();
    }

    public string File { get; }

    public override string Name => File;

    public override int NewestSchema => SqliteMigrations.Newest;

    public override SqliteConnection Open() => OpenFile();

    /// <summary>The connection of the one writer keeps more pages at hand.</summary>
    public override SqliteConnection OpenForWriting()
    {
        SqliteConnection connection = OpenFile();
        using SqliteCommand pragma = connection.CreateCommand();

        // In KiB: the pages that thousands of boards share stay in memory from one transaction to the next.
        pragma.CommandText = "PRAGMA cache_size = -32768;";
        pragma.ExecuteNonQuery();
        return connection;
    }

    public override int Touch(DbConnection connection, DbTransaction transaction) => SqliteMigrations.Touch((SqliteConnection)connection, (SqliteTransaction)transaction);

    public override bool IsStoreFault(Exception cause) => cause is SqliteException { SqliteErrorCode: DiskFull or DiskFault };

    /// <summary>Closes pooled connections: the last one to close folds the write-ahead log into the file.</summary>
    public override void Dispose()
    {
        using SqliteConnection connection = new(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private SqliteConnection OpenFile()
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

    // A page that nobody reads at the start would else be found by the first board that needs it.
    private void RefuseDamage(SqliteConnection connection)
    {
        if (new FileInfo(File).Length <= CheckedBytes && connection.ExecuteScalar<string>("PRAGMA quick_check(1)") is var found and not "ok")
        {
            throw new StoreException($"The database {File} is damaged ({found}). Keep a copy of it, and restore a backup into an empty directory: iotattest restore.");
        }
    }
}
