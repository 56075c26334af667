using System.Data.Common;
using System.Text.Json;
using Dapper;
using IotAttest.Service.Events;
using IotAttest.Service.Storage;
using IotAttest.Service.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IotAttest.Service.Tests;

public sealed class FaultTests
{
    [Fact]
    public async Task A_fault_is_500_and_tells_nothing_of_its_inside()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        await verifier.Services.GetRequiredService<StoreWriter>().ExecuteAsync((connection, transaction) => connection.Execute("ALTER TABLE certificates RENAME TO away", transaction: transaction));
        using HttpClient client = verifier.Anybody();

        JsonElement problem = await client.GetAsync(new Uri("/v1/certificates", UriKind.Relative)).AssertProblemAsync(500, "Fault");

        Assert.DoesNotContain("table", problem.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Sqlite", problem.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [SqliteFact]
    public async Task A_full_store_is_503_and_recovers()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        StoreWriter writer = verifier.Services.GetRequiredService<StoreWriter>();
        await SetPageLimitAsync(writer, 1);

        // The limit holds for growth: the first boards still fit into pages that are there.
        string board = "";
        int status = 201;
        for (int i = 0; i < 200 && status == 201; i++)
        {
            board = Boards.Hmac().ToJsonString();
            status = await acme.PostTextAsync("/v1/devices", board).StatusAsync();
        }

        Assert.Equal(503, status);
        Assert.False(writer.IsHealthy);
        await acme.PostTextAsync("/v1/devices", board).AssertProblemAsync(503, "StoreDown");
        await SetPageLimitAsync(writer, 1_000_000);
        Assert.Equal("ready", (await acme.GetJsonAsync("/readyz")).Text("status"));

        // Where the board still fitted and only its entry in the audit log did not, it is there already.
        Assert.Contains(await acme.PostTextAsync("/v1/devices", board).StatusAsync(), new[] { 200, 201 });
    }

    [Theory]
    [InlineData("webhooks")]
    [InlineData("events")]
    public async Task A_fault_under_a_background_reader_stops_neither_the_verifier_nor_later_deliveries(string table)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        StoreWriter writer = verifier.Services.GetRequiredService<StoreWriter>();
        CancellationToken stopping = verifier.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await RenameAsync(writer, table, "away");
        await Task.Delay(TimeSpan.FromSeconds(3));

        Assert.False(stopping.IsCancellationRequested, "the verifier stops itself");

        await RenameAsync(writer, "away", table);
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitAsync(Firmware.Certified);
        long newest = verifier.Services.GetRequiredService<EventFeed>().Newest;
        await Eventually.TrueAsync(() => Task.FromResult(verifier.Services.GetRequiredService<EventFeed>().Newest >= 3), $"events are seen again, {newest} so far");
    }

    [Fact]
    public async Task What_was_queued_before_a_stop_is_in_the_store_after_it()
    {
        const int Count = 500;
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        StoreWriter writer = verifier.Services.GetRequiredService<StoreWriter>();
        Task<int>[] queued = [.. Enumerable.Range(0, Count).Select(number => writer.ExecuteAsync((connection, transaction) => Insert(connection, transaction, number)))];

        await verifier.RestartAsync();

        Assert.All(await Task.WhenAll(queued), rows => Assert.Equal(1, rows));
        using HttpClient anybody = verifier.Anybody();
        Assert.Equal(Count, (await anybody.GetJsonAsync("/v1/organisations")).GetProperty("organisations").GetArrayLength());
    }

    private static Task<int> RenameAsync(StoreWriter writer, string from, string to) =>
        writer.ExecuteAsync((connection, transaction) => connection.Execute($"ALTER TABLE {from} RENAME TO {to}", transaction: transaction));

    private static int Insert(DbConnection connection, DbTransaction transaction, int number) =>
        connection.Execute("INSERT INTO organisations (name, roles, created_at) VALUES (@name, 'body', 0)", new { name = $"cb-{number}" }, transaction);

    private static Task<long> SetPageLimitAsync(StoreWriter writer, long pages) =>
        writer.ExecuteAsync((connection, _) => connection.ExecuteScalar<long>($"PRAGMA max_page_count = {pages}"));
}
