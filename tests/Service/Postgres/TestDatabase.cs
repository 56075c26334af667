using System.Globalization;
using IotAttest.Service.Storage.Postgres;
using IotAttest.Support;
using Npgsql;

namespace IotAttest.Service.Tests.Postgres;

/// <summary>A database of one test on the server of this process, removed at the end.</summary>
internal sealed class TestDatabase : IDisposable
{
    private const string Template = "migrated";

    private static readonly Lazy<string> Migrated = new(MakeTemplate);
    private static int _made;

    private readonly string _name;

    private TestDatabase(string name, string from)
    {
        _name = name;
        Execute($"CREATE DATABASE {name} TEMPLATE {from}");
    }

    /// <summary>True when the whole suite runs on PostgreSQL.</summary>
    public static bool IsEngineOfAll => Environment.GetEnvironmentVariable("IOTATTEST_TEST_ENGINE") == "postgresql";

    public string ConnectionString => PostgresServer.Shared.To(_name);

    /// <summary>A database with the schema of this program.</summary>
    public static TestDatabase New() => new(NextName(), Migrated.Value);

    /// <summary>A database with nothing in it.</summary>
    public static TestDatabase Empty() => new(NextName(), "template0");

    public NpgsqlConnection Open()
    {
        NpgsqlConnection connection = new($"{ConnectionString};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => Execute($"DROP DATABASE {_name} WITH (FORCE)");

    private static string NextName() => string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _made)}");

    private static string MakeTemplate()
    {
        Execute($"CREATE DATABASE {Template} TEMPLATE template0");
        using PostgresDatabase database = new($"{PostgresServer.Shared.To(Template)};Pooling=False");
        return Template;
    }

    private static void Execute(string text)
    {
        using NpgsqlConnection connection = new($"{PostgresServer.Shared.To("postgres")};Pooling=False");
        connection.Open();
#pragma warning disable CA2100 // Names made above.
        using NpgsqlCommand command = new(text, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
