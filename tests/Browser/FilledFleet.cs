using System.Text.Json.Nodes;
using Dapper;
using IotAttest.Service.Tests;
using IotAttest.Service.Tests.Certificates;
using Microsoft.Data.Sqlite;

namespace IotAttest.Browser.Tests;

/// <summary>The fleet of the integrator grid, with boards in several states; it can grow by very many copies.</summary>
internal sealed class FilledFleet : IAsyncDisposable
{
    private FilledFleet(BodyAtWork work) => Work = work;

    public BodyAtWork Work { get; }

    public Uri Address => Work.Verifier.Address;

    /// <summary>The token of the integrator.</summary>
    public string Token { get; private set; } = "";

    public string Healthy { get; private set; } = "";

    public string Tampered { get; private set; } = "";

    public string Cloned { get; private set; } = "";

    public static async Task<FilledFleet> StartAsync()
    {
        FilledFleet fleet = new(await BodyAtWork.StartAsync());
        await fleet.Work.IssueAsync(fleet.Work.Certificate("DEMO-FLEET"));
        using HttpClient grid = await fleet.Work.Verifier.OrganisationAsync("grid", "integrator");
        fleet.Token = grid.DefaultRequestHeaders.Authorization!.Parameter!;
        for (int i = 0; i < 6; i++)
        {
            fleet.Healthy = await fleet.AddAsync();
        }

        fleet.Tampered = await fleet.AddAsync(board => board.AttestAsync(Firmware.Tampered));
        fleet.Cloned = await fleet.AddAsync(board =>
        {
            board.BootCount--;
            return board.AttestAsync(fleet.Work.Measured);
        });
        await grid.PutJsonAsync($"/v1/devices/{fleet.Healthy}/group", new { group = "Hall 3" }).AssertStatusAsync(200);
        return fleet;
    }

    /// <summary>A record that grid may enrol by itself.</summary>
    public static JsonObject StockRecord(string? ueid = null) => Boards.P256(ueid, strength: "self-reported");

    /// <summary>Adds 100,000 boards by copying one in the database: what is measured is reading.</summary>
    public async Task GrowAsync(int boards)
    {
        await Work.Verifier.StopAsync();
        using (SqliteConnection connection = new($"Data Source={Path.Combine(Work.Verifier.DataDirectory, "iotattest.db")};Pooling=False"))
        {
            connection.Open();
            using SqliteTransaction transaction = connection.BeginTransaction();
            string series = FormattableString.Invariant($"WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {boards}) SELECT n FROM s");
            connection.Execute(
                $"""
                INSERT INTO devices (ueid, kid, key_kind, key, credential_hash, oem_id, class, strength, freshness, manufacturer, owner, enrolled_at, fleet_group)
                SELECT unhex(printf('01%032x', n + 1)), 1000000 + n, key_kind, key, randomblob(32), oem_id, class, strength, freshness, manufacturer, owner, enrolled_at, printf('Site %02d', n % 40)
                FROM (SELECT * FROM devices LIMIT 1), ({series})
                """,
                transaction: transaction);
            connection.Execute("CREATE TEMP TABLE one AS SELECT * FROM device_state ORDER BY device_id LIMIT 1; CREATE TEMP TABLE many AS SELECT one.* FROM one, devices WHERE kid BETWEEN 1000001 AND 1999999", transaction: transaction);
            connection.Execute("UPDATE temp.many SET device_id = (SELECT min(id) - 1 FROM devices WHERE kid > 1000000 AND kid < 2000000) + rowid; INSERT INTO device_state SELECT * FROM temp.many", transaction: transaction);
            connection.Execute("INSERT INTO device_history (device_id, at, conformity, drift, conditions, cause) SELECT d.id, d.enrolled_at, 10, 0, 0, 'evidence' FROM devices d WHERE kid BETWEEN 1000001 AND 1999999", transaction: transaction);
            transaction.Commit();
        }

        await Work.Verifier.StartAgainAsync();
    }

    /// <summary>Signs in as the integrator and remembers it for the whole visit.</summary>
    public async Task SignInAsync(Visit visit, string? token = null)
    {
        await visit.GoAsync("/sign-in?returnTo=/fleet&lang=" + (visit.Look.Locale.StartsWith("de", StringComparison.Ordinal) ? "de" : "en"));
        await visit.Page.Locator("#token").FillAsync(token ?? Token);
        await visit.Page.Locator("#token").PressAsync("Enter");
        await visit.Page.ArrivesAsync("**/fleet");
    }

    public async ValueTask DisposeAsync() => await Work.DisposeAsync();

    private async Task<string> AddAsync(Func<TestBoard, Task>? then = null)
    {
        using TestBoard board = new(Work.Verifier, isEs256: true);
        await board.EnrolAsync("owner", "grid");
        await board.AttestAsync(Work.Measured);
        Work.Clock.Advance(TimeSpan.FromSeconds(1));
        if (then is not null)
        {
            await then(board);
            Work.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return board.Ueid;
    }
}
