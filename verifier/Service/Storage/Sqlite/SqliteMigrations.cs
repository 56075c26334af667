using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace IotAttest.Service.Storage.Sqlite;

/// <summary>Applies the numbered SQL scripts of this assembly, each once and in order, under the database's write lock.</summary>
internal static class SqliteMigrations
{
    private const string Folder = ".Sqlite.Migrations.";

    /// <summary>The schema of this program.</summary>
    public static int Newest { get; } = Scripts().Keys.Max();

    /// <summary>Reads the schema and writes it back: the smallest change that goes to the disk like any other.</summary>
    public static int Touch(DbConnection connection, DbTransaction transaction)
    {
        int applied = connection.ExecuteScalar<int>("PRAGMA user_version", transaction: transaction);
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {applied}"), transaction: transaction);
        return applied;
    }

    public static void Apply(DbConnection connection)
    {
        SortedDictionary<int, string> scripts = Scripts();
        using DbTransaction transaction = connection.BeginTransaction();
        int applied = connection.ExecuteScalar<int>("PRAGMA user_version", transaction: transaction);
        if (applied > Newest)
        {
            throw new StoreException($"The database has schema {applied}, this program knows up to {Newest}. Run the version that wrote it, or a newer one.");
        }

        foreach ((int number, string script) in scripts.Where(script => script.Key > applied))
        {
            connection.Execute(script, transaction: transaction);
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {number}"), transaction: transaction);
        }

        transaction.Commit();
    }

    private static SortedDictionary<int, string> Scripts()
    {
        Assembly assembly = typeof(SqliteMigrations).Assembly;
        SortedDictionary<int, string> scripts = [];
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.Contains(Folder, StringComparison.Ordinal)))
        {
            int at = name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length;
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            scripts.Add(int.Parse(name.AsSpan(at, 3), NumberStyles.None, CultureInfo.InvariantCulture), reader.ReadToEnd());
        }

        return scripts;
    }
}
