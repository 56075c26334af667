using System.Data.Common;
using System.Text.Json;
using Dapper;
using IotAttest.Service.Storage;
using IotAttest.Service.Tests.Postgres;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Health;

public sealed class ReadinessTests
{
    [Fact]
    public async Task Ready_means_a_write_that_went_to_the_store_and_many_questions_make_few_writes()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient anybody = verifier.Anybody();
        StoreWriter writer = verifier.Services.GetRequiredService<StoreWriter>();
        long before = writer.Commits;

        for (int i = 0; i < 50; i++)
        {
            Assert.Equal("ready", (await anybody.GetJsonAsync("/readyz")).Text("status"));
        }

        Assert.InRange(writer.Commits - before, 1, 20);
    }

    [SqliteFact]
    public async Task A_store_that_cannot_be_written_is_not_ready_says_so_without_inside_and_recovers_while_alive_throughout()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient anybody = verifier.Anybody();
        StoreWriter writer = verifier.Services.GetRequiredService<StoreWriter>();
        DbConnection connection = await WriterConnectionAsync(writer);
        connection.Execute("PRAGMA query_only = 1");

        JsonElement problem = await anybody.GetAsync(new Uri("/readyz", UriKind.Relative)).AssertProblemAsync(503, "NotReady");

        Assert.Equal("the store does not take writes", problem.Text("seen"));
        Assert.DoesNotContain(verifier.DataDirectory, problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("alive", (await anybody.GetJsonAsync("/healthz")).Text("status"));

        connection.Execute("PRAGMA query_only = 0");
        await Eventually.TrueAsync(async () => await anybody.GetAsync(new Uri("/readyz", UriKind.Relative)).StatusAsync() == 200, "it is ready again");
    }

    [Fact]
    public async Task A_store_that_hangs_is_not_ready_after_a_moment()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient anybody = verifier.Anybody();
        using ManualResetEventSlim disk = new();
        Task<bool> stuck = verifier.Services.GetRequiredService<StoreWriter>().ExecuteAsync((_, _) => disk.Wait(TimeSpan.FromSeconds(30)));

        JsonElement problem = await anybody.GetAsync(new Uri("/readyz", UriKind.Relative)).AssertProblemAsync(503, "NotReady");
        disk.Set();

        Assert.StartsWith("the store did not take a write within", problem.Text("seen"), StringComparison.Ordinal);
        Assert.True(await stuck);
    }

    [SqliteFact]
    public async Task A_schema_of_another_program_is_not_ready()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient anybody = verifier.Anybody();
        await verifier.Services.GetRequiredService<StoreWriter>().ExecuteAsync((connection, transaction) => connection.Execute("PRAGMA user_version = 1", transaction: transaction));

        JsonElement problem = await anybody.GetAsync(new Uri("/readyz", UriKind.Relative)).AssertProblemAsync(503, "NotReady");

        Assert.StartsWith("the database has schema 1", problem.Text("seen"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verifier_that_drains_is_not_ready_and_takes_what_comes_until_it_closes()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with { Drain = TimeSpan.FromSeconds(6) });
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        using HttpClient anybody = verifier.Anybody();

        Task stop = verifier.StopAsync();
        int ready = 200;
        await Eventually.TrueAsync(async () => (ready = await anybody.GetAsync(new Uri("/readyz", UriKind.Relative)).StatusAsync()) != 200, "it says that it stops");
        int evidence = await anybody.PostBytesAsync("/v1/evidence", board.Evidence(await board.ChallengeAsync()), TestBoard.EvidenceType).StatusAsync();
        await stop;
        await verifier.StartAgainAsync();

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, ready);
        Assert.Equal(StatusCodes.Status200OK, evidence);
        using HttpClient op = verifier.Operator();
        Assert.Equal(JsonValueKind.String, (await op.GetJsonAsync($"/v1/devices/{board.Ueid}")).GetProperty("asOf").ValueKind);
    }

    // The connection of the writer, to be used while it has nothing to do.
    private static Task<DbConnection> WriterConnectionAsync(StoreWriter writer) => writer.ExecuteAsync((connection, _) => connection);
}
