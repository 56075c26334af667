using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using IotAttest.Service.Devices;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Cli.Bench;

/// <summary>Suspends the one certificate of a whole fleet and waits until every board shows it and has it in its history.</summary>
internal static class ReappraisalBench
{
    private static readonly string[] Actions = ["none"];

    private const int Asked = 20;

    public static async Task<ReappraisalReport> RunAsync(int boards, Action<string> say, CancellationToken cancellation)
    {
        await using FleetStore store = await FleetStore.MakeAsync(new FleetPlan(boards, 1, 1), say, cancellation);
        using HttpClient http = store.Operator();
        string[] asked = [.. store.Services.GetRequiredService<DeviceDirectory>().All.Take(Asked).Select(board => board.Identity.Ueid)];

        // The look at all boards that follows a start is not what is measured.
        await Task.Delay(TimeSpan.FromSeconds(5), cancellation);
        long before = LastHistory(store);
        say($"suspending the certificate of {boards:N0} boards");
        Stopwatch watch = Stopwatch.StartNew();
        using HttpResponseMessage decided = await http.PostAsJsonAsync("/v1/certificates/BENCH-0/decisions", new { decision = "suspend", reason = "bench", actions = Actions, until = DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }, cancellation);
        if (!decided.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await decided.Content.ReadAsStringAsync(cancellation));
        }

        double decision = watch.Elapsed.TotalSeconds;
        await WaitAsync(async () => (await Task.WhenAll(asked.Select(ueid => ConformityAsync(http, ueid)))).All(word => word == "CertificateNotInForce"), cancellation);
        double read = watch.Elapsed.TotalSeconds;
        await WaitAsync(() => Task.FromResult(LastHistory(store) - before >= boards), cancellation);
        double history = watch.Elapsed.TotalSeconds;
        await store.CloseAsync();
        say("the same rows, and nothing else");
        return new ReappraisalReport(boards, decision, read, history, WriteRows(store.Folder));
    }

    private static long LastHistory(FleetStore store)
    {
        using SqliteConnection connection = store.Services.GetRequiredService<Database>().Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(MAX(seq), 0) FROM device_history";
        return (long)command.ExecuteScalar()!;
    }

    private static async Task<string?> ConformityAsync(HttpClient http, string ueid) =>
        (await http.GetFromJsonAsync<JsonElement>($"/v1/devices/{ueid}")).GetProperty("conformity").GetString();

    private static async Task WaitAsync(Func<Task<bool>> condition, CancellationToken cancellation)
    {
        while (!await condition())
        {
            await Task.Delay(5, cancellation);
        }
    }

    // Each board's state row and history row once more, with two prepared statements, in transactions of the size that the verifier uses.
    private static double WriteRows(string folder)
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
            INSERT INTO device_history (device_id, at, as_of, conformity, drift, build, policy, set_hash, cause)
            SELECT device_id, at, as_of, 10, 0, build, policy, set_hash, cause FROM device_history WHERE device_id = @id LIMIT 1
            """;
        SqliteParameter inserted = insert.Parameters.Add("@id", SqliteType.Integer);
        long started = Stopwatch.GetTimestamp();
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

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
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
