using System.Security.Cryptography;
using Npgsql;

namespace IotAttest.Cli.Bench;

/// <summary>A PostgreSQL database that goes with its owner.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private BenchDatabase(string server, string name)
    {
        _server = server;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
    }

    public string ConnectionString { get; }

    public static async Task<BenchDatabase> CreateAsync(string server, CancellationToken cancellation)
    {
        BenchDatabase database = new(server, $"iotattest_bench_{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        await database.ExecuteAsync($"CREATE DATABASE {database._name} ENCODING 'UTF8' TEMPLATE template0", cancellation);
        return database;
    }

    /// <summary>Size on disk.</summary>
    public async Task<long> BytesAsync(CancellationToken cancellation)
    {
        await using NpgsqlConnection connection = new(ConnectionString);
        await connection.OpenAsync(cancellation);
        await using NpgsqlCommand command = new("SELECT pg_database_size(current_database())", connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"DROP DATABASE {_name} WITH (FORCE)", CancellationToken.None);
    }

    private async Task ExecuteAsync(string text, CancellationToken cancellation)
    {
        await using NpgsqlConnection connection = new(_server);
        await connection.OpenAsync(cancellation);
#pragma warning disable CA2100 // The name was made above.
        await using NpgsqlCommand command = new(text, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
