using System.Data;
using System.Data.Common;
using Dapper;
using IotAttest.Service.Transparency;
using Npgsql;

namespace IotAttest.Service.Storage.Postgres;

/// <summary>A database on a PostgreSQL server; any number of verifiers may share it.</summary>
internal sealed class PostgresDatabase : Database
{
    /// <summary>Server version from which on everything used here is there.</summary>
    private const int OldestVersion = 14;

    /// <summary>Asked again and again on one connection: whoever has the lock keeps it, and does not take it a second time.</summary>
    private const string LeaderQuestion = """
        SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND objid = 29793 AND classid = 26991) THEN true ELSE pg_try_advisory_lock(26991, 29793) END
        """;

    /// <summary>Another number when the database was dropped and made anew, whatever was restored into it.</summary>
    private const string IdentityQuestion = "SELECT oid::bigint FROM pg_database WHERE datname = current_database()";

    private readonly NpgsqlDataSource _source;
    private readonly Lock _leading = new();
    private DbConnection? _leader;
    private long _identity;

    /// <param name="connectionString">As Npgsql reads it; what it leaves out comes from PGPASSWORD, PGPASSFILE and so on.</param>
    /// <exception cref="StoreException">The server cannot be reached, or its database cannot be used.</exception>
    public PostgresDatabase(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings = Settings(connectionString);
        Name = $"{settings.Database} on {settings.Host}:{settings.Port}";
        _source = NpgsqlDataSource.Create(settings);
        try
        {
            Prepare();
        }
        catch (NpgsqlException cause)
        {
            _source.Dispose();
            throw new StoreException($"The database {Name} cannot be used ({cause.Message}). Check that the server runs, and that the user may log in and owns the database.", cause);
        }
        catch (StoreException)
        {
            _source.Dispose();
            throw;
        }
    }

    public override string Name { get; }

    public override int NewestSchema => PostgresMigrations.Newest;

    public override bool IsShared => true;

    public override DbConnection Open()
    {
        try
        {
            return new PostgresConnection(_source.OpenConnection());
        }
        catch (Exception cause) when (cause is NpgsqlException or TimeoutException)
        {
            throw new StoreException($"The database {Name} cannot be reached ({cause.Message}). Start the server or mend the way to it; the verifier goes on by itself.", cause);
        }
    }

    /// <summary>Not open yet: <see cref="Renew"/> does that before each batch that needs it.</summary>
    public override DbConnection OpenForWriting() => new PostgresConnection(_source.CreateConnection());

    public override void Renew(DbConnection connection)
    {
        if (connection.State == ConnectionState.Open)
        {
            return;
        }

        connection.Close();
        connection.Open();
        try
        {
            CheckIdentity(connection);
        }
        catch
        {
            // Open means looked at.
            connection.Close();
            throw;
        }
    }

    private void CheckIdentity(DbConnection connection)
    {
        if (connection.ExecuteScalar<long>(IdentityQuestion) != _identity)
        {
            throw new DatabaseReplacedException($"The database {Name} is not the one of this verifier's start");
        }
    }

    public override long TakeTurn(DbConnection connection, DbTransaction transaction, bool isChange) =>
        connection.ExecuteScalar<long>(isChange ? "SELECT take_turn()" : "SELECT number FROM store_batch FOR UPDATE", transaction: transaction);

    public override long NumberNow(DbConnection connection) => connection.ExecuteScalar<long>("SELECT number FROM store_batch");

    public override IReadOnlySet<string> KindsSince(DbConnection connection, DbTransaction transaction, long since) =>
        connection.Query<string>("SELECT kind FROM store_kinds WHERE batch > @since", new { since }, transaction).ToHashSet(StringComparer.Ordinal);

    public override byte[] FirstFingerprint(string name, byte[] fingerprint)
    {
        using DbConnection connection = Open();
        connection.Execute("INSERT INTO store_keys (name, fingerprint) VALUES (@name, @fingerprint) ON CONFLICT (name) DO NOTHING", new { name, fingerprint });
        return connection.QuerySingle<byte[]>("SELECT fingerprint FROM store_keys WHERE name = @name", new { name });
    }

    // A lock of the session: it goes with the connection, however that ends.
    public override bool IsLeader()
    {
        lock (_leading)
        {
            try
            {
                _leader ??= Open();
                return _leader.ExecuteScalar<bool>(LeaderQuestion);
            }
            catch (Exception cause) when (cause is NpgsqlException or InvalidOperationException or StoreException)
            {
                _leader?.Dispose();
                _leader = null;
                return false;
            }
        }
    }

    public override int Touch(DbConnection connection, DbTransaction transaction) =>
        connection.ExecuteScalar<int>("UPDATE store_schema SET number = number RETURNING number", transaction: transaction);

    // What the server says about one statement concerns one change: a rule of a table, a value. The classes 08, 53, 57 and 58 of SQLSTATE, and
    // a connection that broke, concern them all.
    public override bool IsStoreFault(Exception cause) => cause is PostgresException refused
        ? refused.SqlState[..2] is "08" or "53" or "57" or "58" or "XX" or "25"
        : cause is NpgsqlException;

    public override void Dispose()
    {
        lock (_leading)
        {
            _leader?.Dispose();
            _leader = null;
        }

        _source.Dispose();
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings = new(connectionString) { ApplicationName = "iotattest", PersistSecurityInfo = false };
        Default(settings, "Max Auto Prepare", () => settings.MaxAutoPrepare = 200);
        Default(settings, "Auto Prepare Min Usages", () => settings.AutoPrepareMinUsages = 2);
        Default(settings, "Timeout", () => settings.Timeout = 5);

        // A commit that was acknowledged survives a power cut, whatever the server's default is.
        settings.Options = $"{settings.Options} -c synchronous_commit=on".Trim();
        return settings;
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string keyword, Action set)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            set();
        }
    }

    private void Prepare()
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        if (connection.PostgreSqlVersion.Major < OldestVersion)
        {
            throw new StoreException($"The server of {Name} is PostgreSQL {connection.PostgreSqlVersion}, expected is {OldestVersion} or newer. Upgrade the server.");
        }

        _identity = connection.ExecuteScalar<long>(IdentityQuestion);
        PostgresMigrations.Apply(connection);
        using PostgresConnection sealing = new(connection);
        using DbTransaction transaction = sealing.BeginTransaction();
        TakeTurn(sealing, transaction, isChange: true);
        LogTable.Seal(sealing, transaction);
        transaction.Commit();
    }
}
