using Microsoft.Data.Sqlite;

namespace IotAttest.Cli.Bench;

/// <summary>Looks at a verifier's database from outside.</summary>
internal static class DatabaseFile
{
    /// <summary>Size of the database in bytes with everything in the write-ahead log counted in, free pages left out.</summary>
    public static long Bytes(string dataDirectory)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(dataDirectory, "iotattest.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return (Number(connection, "page_count") - Number(connection, "freelist_count")) * Number(connection, "page_size");
    }

    private static long Number(SqliteConnection connection, string pragma)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // One of three literals above.
        command.CommandText = $"PRAGMA {pragma}";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
