using System.Data.Common;
using System.Text.Json;
using Dapper;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Devices;
using IotAttest.Service.Events;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Products;

/// <summary>Tells once that the support of a product ends soon, and once that it ended. What people read is computed when they read it; this loop
/// makes the events, and has the record of boards follow.</summary>
/// <remarks>What was told is stored with the product, so a restart neither repeats nor forgets it; an end that passed while the verifier was
/// down is told at the next start.</remarks>
internal sealed class SupportClock(StoreWriter store, Database database, ReappraisalQueue queue, TimeProvider clock, ILogger<SupportClock> logger) : BackgroundService
{
    private const long ToldOfEnding = 1;
    private const long ToldOfEnd = 2;
    private const int MostAtOnce = 1_000;

    private const string Due =
        """
        SELECT id, manufacturer, support_until < @now AS HasEnded FROM products
        WHERE told < 2 AND support_until IS NOT NULL AND (support_until < @now OR (told = 0 AND support_until < @soon))
        ORDER BY id LIMIT @MostAtOnce
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception cause) when (cause is StoreException or DbException)
            {
                logger.SupportNotTold(cause.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        if (ReadDue().Count == 0)
        {
            return;
        }

        await store.ExecuteAsync(Tell, Follow, stopping);
    }

    private List<DueRow> ReadDue()
    {
        using DbConnection connection = database.Open();
        return ReadDue(connection, null);
    }

    private List<DueRow> ReadDue(DbConnection connection, DbTransaction? transaction)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return connection.Query<DueRow>(
            Due,
            new { now = now.ToUnixTimeMilliseconds(), soon = (now + SupportTerm.Notice).ToUnixTimeMilliseconds(), MostAtOnce },
            transaction).AsList();
    }

    // Read again on the writer thread: support may have been extended meanwhile.
    private List<DueRow> Tell(DbConnection connection, DbTransaction transaction)
    {
        List<DueRow> rows = ReadDue(connection, transaction);
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (DueRow row in rows)
        {
            connection.Execute(
                """
                INSERT INTO events (at, kind, ref, detail) VALUES (@now, @kind, @Id, @detail)
                """,
                new { now, kind = (long)(row.HasEnded ? EventKind.SupportEnded : EventKind.SupportEnding), row.Id, detail = DetailOf(connection, transaction, row.Id) },
                transaction);
            connection.Execute("UPDATE products SET told = @told WHERE id = @Id", new { told = row.HasEnded ? ToldOfEnd : ToldOfEnding, row.Id }, transaction);
        }

        return rows;
    }

    private static string DetailOf(DbConnection connection, DbTransaction transaction, long id)
    {
        (byte[] classId, string manufacturer, string body) = connection.QueryFirst<(byte[], string, string)>(
            "SELECT p.class, p.manufacturer, v.body FROM products p JOIN product_versions v ON v.product_id = p.id WHERE p.id = @id ORDER BY v.seq DESC LIMIT 1", new { id }, transaction);
        using JsonDocument product = JsonDocument.Parse(body);
        return JsonSerializer.Serialize(new
        {
            @class = Convert.ToHexStringLower(classId),
            manufacturer,
            productName = TextOf(product, "productName"),
            supportUntil = TextOf(product, "supportUntil"),
        });
    }

    private static string? TextOf(JsonDocument product, string name) => product.RootElement.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private void Follow(List<DueRow> rows)
    {
        foreach (string manufacturer in rows.Select(row => row.Manufacturer).Distinct())
        {
            queue.Request(manufacturer);
        }
    }

    private sealed class DueRow
    {
        public long Id { get; init; }

        public string Manufacturer { get; init; } = "";

        public bool HasEnded { get; init; }
    }
}
