using System.Diagnostics;
using IotAttest.Service.Devices;
using Microsoft.Data.Sqlite;

namespace IotAttest.Cli.Bench;

/// <summary>The least that a change of every board costs: its state row and its history row, and nothing else.</summary>
internal static class RowLimit
{
    /// <summary>Writes both rows of each board once more, with two prepared statements, in transactions of the size that the verifier uses.</summary>
    public static Cost Write(string folder)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(folder, "iotattest.db")};Pooling=False");
        connection.Open();
        using SqliteCommand pragmas = connection.CreateCommand();
        pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
        pragmas.ExecuteNonQuery();
        long[] ids = Ids(connection);
        using SqliteCommand update = connection.CreateCommand();
        update.CommandText = "UPDATE device_state SET conformity = 10, drift = 0 WHERE device_id = @id";
        SqliteParameter updated = update.Parameters.Add("@id", SqliteType.Integer);
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = """
            INSERT INTO device_history (device_id, at, as_of, appraised_at, conformity, drift, conditions, cause, appraisal_id)
            SELECT device_id, at, as_of, at, 10, 0, conditions, cause, appraisal_id FROM device_history WHERE device_id = @id LIMIT 1
            """;
        SqliteParameter inserted = insert.Parameters.Add("@id", SqliteType.Integer);
        (long started, double cpu) = (Stopwatch.GetTimestamp(), CpuClock.Process());
        foreach (long[] chunk in ids.Chunk(ReappraisalJob.MaxBoards))
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            (update.Transaction, insert.Transaction) = (transaction, transaction);
            foreach (long id in chunk)
            {
                updated.Value = id;
                update.ExecuteNonQuery();
                inserted.Value = id;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return new Cost(Stopwatch.GetElapsedTime(started).TotalSeconds, CpuClock.Process() - cpu);
    }

    private static long[] Ids(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT device_id FROM device_state";
        using SqliteDataReader reader = command.ExecuteReader();
        List<long> ids = [];
        while (reader.Read())
        {
            ids.Add(reader.GetInt64(0));
        }

        return [.. ids];
    }
}
