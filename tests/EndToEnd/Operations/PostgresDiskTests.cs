using System.Diagnostics;
using System.Net;
using IotAttest.Cli.Bench;
using IotAttest.Domain.Devices;
using IotAttest.Support;
using Npgsql;
using Xunit.Abstractions;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>The disk of a PostgreSQL server is full: what is acknowledged is durable, the verifier says that it takes no more, lives, and goes on by itself.</summary>
public sealed class PostgresDiskTests(ITestOutputHelper output)
{
    private const int Boards = 24;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [RequiresSmallDiskFact(forPostgres: true)]
    public async Task With_a_full_disk_of_the_write_ahead_log_nothing_is_acknowledged_and_it_recovers_when_the_server_does()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(24);
        using PostgresServer server = new(isSafe: true, log: disk.Data);
        using TemporaryFolder folder = new();
        using ChildVerifier verifier = await StartAsync(folder, server);
        using HttpClient http = verifier.Operator();
        using LoadFleet fleet = await LoadFleet.EnrolAsync(http, DeviceKeyKind.Hmac, Boards);
        Dictionary<string, byte[]> ledger = [];
        await DiskLoad.AttestAsync(verifier, fleet, ledger);

        // A standby that is away: else the server takes parts of its log again that it needs no more, and may go on for ever with the room it has.
        await AskAsync(server, "SELECT pg_create_physical_replication_slot('away', true)");
        string reason = await ExhaustAsync(disk, verifier, fleet, ledger, http);
        HttpStatusCode alive = await StatusAsync(http, "/healthz");
        string serverSaid = server.ReadServerLog();
        disk.Empty();
        await RecoverAsync(server, http);
        await AskAsync(server, "SELECT pg_drop_replication_slot('away')");
        IReadOnlyDictionary<string, byte[]> after = await DiskLoad.AttestAsync(verifier, fleet, ledger);
        verifier.Kill();

        output.WriteLine($"PostgreSQL {(serverSaid.Contains("PANIC", StringComparison.Ordinal) ? "panicked" : "went on")}; /readyz said: {reason}");
        Assert.Contains("No space left on device", serverSaid, StringComparison.Ordinal);
        Assert.Contains("the store d", reason, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, alive);
        Assert.Equal(Boards, after.Count);
        await HoldAsync(folder, server, ledger);
    }

    [RequiresSmallDiskFact(forPostgres: true)]
    public async Task With_a_full_disk_of_the_tables_boards_are_not_enrolled_it_is_counted_and_it_recovers()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(64);
        using TemporaryFolder logs = new();
        using PostgresServer server = new(isSafe: true, cluster: disk.Data, log: Path.Combine(logs.Path, "log"));
        using TemporaryFolder folder = new();
        using ChildVerifier verifier = await StartAsync(folder, server);
        using HttpClient http = verifier.Operator();
        using LoadFleet fleet = await LoadFleet.EnrolAsync(http, DeviceKeyKind.Hmac, Boards);
        Dictionary<string, byte[]> ledger = [];
        await DiskLoad.AttestAsync(verifier, fleet, ledger);

        disk.Fill();
        await Eventually.TrueAsync(async () => !await DiskLoad.TakesBoardsAsync(http), "it refuses what does not fit");
        double faults = await VerifierLooks.MetricAsync(verifier.Http, "iotattest_store_faults_total");
        await DiskLoad.AttestAsync(verifier, fleet, ledger, Moment);
        await Ledger.HoldAgainstAsync(verifier, ledger, "while the disk is full");
        disk.Empty();
        await Eventually.TrueAsync(() => DiskLoad.TakesBoardsAsync(http), "it takes boards when there is room");
        await RecoverAsync(server, http);
        IReadOnlyDictionary<string, byte[]> after = await DiskLoad.AttestAsync(verifier, fleet, ledger);
        verifier.Kill();

        Assert.True(faults > 0, "the alert IotAttestStoreFailing sees it");
        Assert.Equal(Boards, after.Count);
        await HoldAsync(folder, server, ledger);
    }

    private static Task<ChildVerifier> StartAsync(TemporaryFolder folder, PostgresServer server) =>
        ChildVerifier.StartAsync(folder.Path, CancellationToken.None, "--database", server.To("postgres"));

    private static async Task AskAsync(PostgresServer server, string question)
    {
        await using NpgsqlConnection connection = new($"{server.To("postgres")};Pooling=False");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(question, connection);
        await command.ExecuteNonQueryAsync();
    }

    // A server that ended when its log had no room is started again by its service manager, which here is the test.
    private static Task RecoverAsync(PostgresServer server, HttpClient http) => Eventually.TrueAsync(
        async () =>
        {
            server.StartAgainIfEnded();
            return await StatusAsync(http, "/readyz") == HttpStatusCode.OK;
        },
        "it is ready when there is room");

    private static async Task HoldAsync(TemporaryFolder folder, PostgresServer server, Dictionary<string, byte[]> ledger)
    {
        using ChildVerifier again = await StartAsync(folder, server);
        await Ledger.HoldAgainstAsync(again, ledger, "after the kill");
    }

    // The server gives room back when it drops parts of its log, also when it recovers: the disk is filled again until a whole round acknowledges nothing.
    private static async Task<string> ExhaustAsync(SmallDisk disk, ChildVerifier verifier, LoadFleet fleet, Dictionary<string, byte[]> ledger, HttpClient http)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience.Long)
        {
            disk.Fill();
            int acknowledged = (await DiskLoad.AttestAsync(verifier, fleet, ledger, Moment)).Count;
            using HttpResponseMessage ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
            if (acknowledged == 0 && ready.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return await ready.Content.ReadAsStringAsync();
            }
        }

        throw new InvalidOperationException($"the disk is full, and {Patience.Long} later evidence is still acknowledged, or /readyz says ready");
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }
}
