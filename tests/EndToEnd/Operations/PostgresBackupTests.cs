using System.Data.Common;
using IotAttest.Cli.Bench;
using IotAttest.Service.Storage;
using IotAttest.Service.Tests.Lessons;
using IotAttest.Service.Transparency;
using IotAttest.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>A dump of PostgreSQL is put back: what was acknowledged before it is there, nothing that was answered counts again, boards go on.</summary>
public sealed class PostgresBackupTests : IDisposable
{
    private static readonly string[] Keys = ["secrets.key", "verifier-key.pem", "operator.token"];

    private readonly PostgresServer _server = new(isSafe: false);
    private readonly PostgresDump _dump;

    public PostgresBackupTests() => _dump = new PostgresDump(_server);

    public void Dispose()
    {
        _dump.Dispose();
        _server.Dispose();
    }

    [RequiresPostgresFact]
    public async Task A_dump_and_the_keys_bring_back_what_was_acknowledged_before_it_and_no_challenge()
    {
        await _dump.MakeDatabaseAsync();
        using TemporaryFolder keys = new();
        VerifierUnderTest lost = await StartAsync();
        foreach (string key in Keys)
        {
            File.Copy(Path.Combine(lost.DataDirectory, key), Path.Combine(keys.Path, key));
        }

        using TestBoard certified = await lost.CertifiedBoardAsync();
        TestBoard[] boards = [certified, await new TestBoard(lost, isEs256: true).EnrolAsync(), await new TestBoard(lost).EnrolAsync()];
        Dictionary<string, string> acknowledged = [];
        foreach (TestBoard board in boards)
        {
            acknowledged[board.Ueid] = (await board.AttestAsync()).Text("asOf");
        }

        byte[][] unsent = await Task.WhenAll(boards.Select(async board => board.Evidence(await board.ChallengeAsync())));
        byte[][] spentLater = await Task.WhenAll(boards.Select(async board => board.Evidence(await board.ChallengeAsync())));
        await _dump.DumpAsync();
        foreach ((TestBoard board, byte[] evidence) in boards.Zip(spentLater))
        {
            Assert.Equal(200, await StatusAsync(board, evidence));
        }

        using TestBoard enrolledLater = await new TestBoard(lost).EnrolAsync();
        byte[] ofTheLost = enrolledLater.Evidence(await enrolledLater.ChallengeAsync());
        await lost.DisposeAsync();
        Assert.True(await _dump.TryDropAsync());
        await _dump.RestoreAsync();
        await using VerifierUnderTest restored = await StartAsync(keys.Path);

        foreach ((TestBoard board, int index) in boards.Select((board, index) => (board.At(restored), index)))
        {
            Assert.Equal(acknowledged[board.Ueid], (await board.DeviceAsync()).Text("asOf"));
            Assert.Equal(422, await StatusAsync(board, spentLater[index]));
            Assert.Equal(422, await StatusAsync(board, unsent[index]));
            Assert.Equal(acknowledged[board.Ueid], (await board.DeviceAsync()).Text("asOf"));
            Assert.NotEqual(acknowledged[board.Ueid], (await board.AttestAsync()).Text("asOf"));
        }

        Assert.Equal("Conformant", (await certified.DeviceAsync()).Text("conformity"));
        Assert.Equal(404, await StatusAsync(enrolledLater.At(restored), ofTheLost));
        await using DbConnection connection = restored.Services.GetRequiredService<Database>().Open();
        Assert.Empty(LogAudit.Of(connection).Findings);
    }

    [RequiresPostgresFact]
    public async Task A_verifier_that_runs_on_over_a_restore_takes_nothing_says_so_and_goes_on_after_a_restart()
    {
        await _dump.MakeDatabaseAsync();
        using LogMemory logs = new();
        await using VerifierUnderTest verifier = await StartAsync(logs: logs);
        using TestBoard board = await verifier.CertifiedBoardAsync();
        string acknowledged = (await board.AttestAsync()).Text("asOf");
        await _dump.DumpAsync();
        await board.AttestAsync();
        byte[] evidence = board.Evidence(await board.ChallengeAsync());

        Assert.False(await _dump.TryDropAsync());
        await _dump.DropAlthoughInUseAsync();
        await _dump.RestoreAsync();

        // Another one that starts on it makes it newer than the running one knows.
        await using (VerifierUnderTest other = await StartAsync(verifier.DataDirectory))
        {
            using TestBoard busy = await new TestBoard(other).EnrolAsync();
            for (int i = 0; i < 20; i++)
            {
                await busy.AttestAsync();
            }
        }

        (bool isReady, _) = await verifier.ReadyzAsync();
        int refused = await StatusAsync(board, evidence);
        await Eventually.TrueAsync(async () => (await verifier.ReadyzAsync()).Text.Contains("this verifier must be restarted", StringComparison.Ordinal), "it asks for a restart");
        await Eventually.TrueAsync(() => Task.FromResult(logs.Text.Contains("DatabaseReplaced", StringComparison.Ordinal)), "the log asks for a restart");
        await verifier.RestartAsync();

        Assert.False(isReady);
        Assert.Equal(503, refused);
        Assert.Equal(acknowledged, (await board.DeviceAsync()).Text("asOf"));
        Assert.Equal(422, await StatusAsync(board, evidence));
        Assert.Equal("Conformant", (await board.AttestAsync()).Text("conformity"));
    }

    private Task<VerifierUnderTest> StartAsync(string? keys = null, ILoggerProvider? logs = null) => VerifierUnderTest.StartAsync(logs: logs, change: options =>
    {
        foreach (string key in keys is null ? [] : Keys)
        {
            File.Copy(Path.Combine(keys!, key), Path.Combine(options.DataDirectory, key));
        }

        return options with { Database = _server.To(PostgresDump.Database) };
    });

    private static async Task<int> StatusAsync(TestBoard board, byte[] evidence)
    {
        using HttpResponseMessage response = await board.SubmitAsync(evidence);
        return (int)response.StatusCode;
    }
}
