using System.Globalization;
using System.Reflection;
using Npgsql;

namespace IotAttest.Service.Storage.Postgres;

/// <summary>Applies the numbered SQL scripts of this assembly, each once and in order, under a lock of the database: any number of verifiers may start at once.</summary>
internal static class PostgresMigrations
{
    private const string Folder = ".Postgres.Migrations.";

    /// <summary>"iotattest" and what for, as a number: whoever else uses the server takes another.</summary>
    private const long Lock = 0x696F_7461_7401;

    /// <summary>The schema of this program.</summary>
    public static int Newest { get; } = Scripts().Keys.Max();

    /// <exception cref="StoreException">The database is of a later program, or not in UTF-8.</exception>
    public static void Apply(NpgsqlConnection connection)
    {
        RequireUtf8(connection);
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({Lock.ToString(CultureInfo.InvariantCulture)})");
        Execute(connection, "CREATE TABLE IF NOT EXISTS store_schema (number bigint NOT NULL)");
        int applied = Convert.ToInt32(Scalar(connection, "SELECT coalesce(max(number), 0) FROM store_schema"), CultureInfo.InvariantCulture);
        if (applied > Newest)
        {
            throw new StoreException($"The database has schema {applied}, this program knows up to {Newest}. Run the version that wrote it, or a newer one.");
        }

        foreach ((int number, List<string> scripts) in Scripts().Where(script => script.Key > applied))
        {
            scripts.ForEach(script => Execute(connection, script));
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM store_schema; INSERT INTO store_schema (number) VALUES ({number})"));
        }

        transaction.Commit();
    }

    // Names and texts of people are stored as they are sent; another encoding refuses or changes some of them.
    private static void RequireUtf8(NpgsqlConnection connection)
    {
        if (Scalar(connection, "SHOW server_encoding") is var encoding and not "UTF8")
        {
            throw new StoreException($"The database {connection.Database} has the encoding {encoding}, expected is UTF8. Make one with: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0.");
        }
    }

    private static void Execute(NpgsqlConnection connection, string text)
    {
#pragma warning disable CA2100 // Scripts of this assembly, and numbers.
        using NpgsqlCommand command = new(text, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static object? Scalar(NpgsqlConnection connection, string text)
    {
#pragma warning disable CA2100 // Literals of this class.
        using NpgsqlCommand command = new(text, connection);
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    // Several parts of one number are applied in the order of their names.
    private static SortedDictionary<int, List<string>> Scripts()
    {
        Assembly assembly = typeof(PostgresMigrations).Assembly;
        SortedDictionary<int, List<string>> scripts = [];
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.Contains(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            int at = name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length;
            int number = int.Parse(name.AsSpan(at, 3), NumberStyles.None, CultureInfo.InvariantCulture);
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            if (!scripts.TryGetValue(number, out List<string>? parts))
            {
                scripts[number] = parts = [];
            }

            parts.Add(reader.ReadToEnd());
        }

        return scripts;
    }
}
