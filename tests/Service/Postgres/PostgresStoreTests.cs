using System.Data.Common;
using System.Text.Json;
using Dapper;
using IotAttest.Service.Storage;
using IotAttest.Service.Storage.Postgres;
using IotAttest.Service.Storage.Sqlite;
using IotAttest.Service.Transparency;
using IotAttest.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Postgres;

public sealed class PostgresStoreTests
{
    /// <summary>What only PostgreSQL needs: SQLite has rowid by itself, and no other verifier to be followed.</summary>
    private static readonly string[] OwnColumns = ["rowid", "batch"];
    private static readonly string[] OwnTables = ["store_schema", "store_batch", "store_kinds", "store_keys"];

    [RequiresPostgresFact]
    public void Both_engines_have_the_same_tables_columns_and_rules()
    {
        using TestDatabase made = TestDatabase.New();
        using DbConnection postgres = made.Open();
        using FileStore file = new();
        using DbConnection sqlite = file.Database.Open();

        string[] there = [.. postgres.Query<string>("SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE')")
            .Where(column => !OwnTables.Contains(column.Split('.')[0]) && !OwnColumns.Contains(column.Split('.', ' ')[1]))
            .Order(StringComparer.Ordinal)];
        string[] here = [.. sqlite.Query<string>("SELECT m.name || '.' || c.name || CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN ' not null' ELSE '' END FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'").Order(StringComparer.Ordinal)];
        string[] rulesThere = [.. postgres.Query<string>("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")];
        string[] rulesHere = [.. sqlite.Query<string>("SELECT name FROM sqlite_master WHERE type = 'trigger'")];

        Assert.Equal(here, there);
        Assert.Empty(rulesHere.Except(rulesThere));
        Assert.Equal(SqliteMigrations.Newest, PostgresMigrations.Newest);
    }

    [RequiresPostgresFact]
    public async Task What_was_acknowledged_is_there_after_a_restart_with_its_events_log_and_history()
    {
        using TestDatabase database = TestDatabase.New();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartOnAsync(database);
        using Registry registry = await Registry.OpenAsync(verifier);
        (string build, string certificate) = await registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        await board.AttestAsync();
        await registry.DecideAsync(certificate, "suspend");
        JsonElement before = await board.DeviceAsync();

        await verifier.RestartAsync();

        JsonElement after = await board.DeviceAsync();
        Assert.Equal((build, before.Text("asOf")), (after.Text("build"), after.Text("asOf")));
        Assert.Equal("CertificateNotInForce", after.Text("conformity"));
        using HttpClient anybody = verifier.Anybody();
        Assert.Equal(1, (await anybody.GetJsonAsync("/v1/search?q=ACME")).GetProperty("total").GetInt64());
        using DbConnection connection = verifier.Services.GetRequiredService<Database>().Open();
        Assert.Empty(LogAudit.Of(connection).Findings);
        Assert.Equal([1L, 2L, 3L, 5L], connection.Query<long>("SELECT DISTINCT kind FROM events ORDER BY kind"));
    }

    [RequiresPostgresFact]
    public async Task A_verdict_is_computed_again_from_what_was_kept_of_it()
    {
        using TestDatabase database = TestDatabase.New();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartOnAsync(database);
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        await board.AttestAsync();
        string row = (await board.HistoryAsync())[0].Text("appraisal");
        using HttpClient op = verifier.Operator();

        using HttpResponseMessage replay = await op.PostTextAsync($"/v1/appraisals/{row}/replay", "{}");

        Assert.True((await replay.JsonAsync()).GetProperty("same").GetBoolean());
    }

    [RequiresPostgresTheory]
    [InlineData("UPDATE audit SET reason = 'x'", "append-only")]
    [InlineData("DELETE FROM audit", "append-only")]
    [InlineData("TRUNCATE audit", "never emptied")]
    [InlineData("UPDATE log_entries SET body = NULL", "append-only")]
    [InlineData("DELETE FROM builds", "never deleted")]
    [InlineData("UPDATE builds SET manifest = ''", "stays as it is")]
    [InlineData("DELETE FROM certificates", "never deleted")]
    [InlineData("UPDATE certificate_events SET reason = 'x'", "append-only")]
    [InlineData("UPDATE certificate_places SET number = 9", "stays")]
    [InlineData("DELETE FROM build_events", "append-only")]
    public async Task No_statement_rewrites_what_stays(string statement, string expected)
    {
        using TestDatabase database = TestDatabase.New();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartOnAsync(database);
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        using DbConnection connection = database.Open();

        DbException refusal = Assert.ThrowsAny<DbException>(() => connection.Execute(statement));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [RequiresPostgresFact]
    public void Another_encoding_a_later_schema_and_no_server_are_refused_with_what_to_do()
    {
        using TestDatabase database = TestDatabase.New();
        using (DbConnection connection = database.Open())
        {
            connection.Execute("UPDATE store_schema SET number = 999");
            connection.Execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
        }

        StoreException later = Assert.Throws<StoreException>(() => new PostgresDatabase(database.ConnectionString));
        StoreException latin = Assert.Throws<StoreException>(() => new PostgresDatabase(PostgresServer.Shared.To("latin")));
        StoreException away = Assert.Throws<StoreException>(() => new PostgresDatabase("Host=127.0.0.1;Port=1;Database=x;Username=y;Password=secret-of-mine"));

        Assert.StartsWith("The database has schema 999", later.Message, StringComparison.Ordinal);
        Assert.Contains("LATIN1, expected is UTF8", latin.Message, StringComparison.Ordinal);
        Assert.Contains("Check that the server runs", away.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-mine", away.ToString(), StringComparison.Ordinal);
    }

    [RequiresPostgresFact]
    public async Task A_verifier_with_other_keys_does_not_start_on_the_database()
    {
        using TestDatabase database = TestDatabase.New();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartOnAsync(database);

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => VerifierUnderTest.StartOnAsync(database));

        Assert.Contains("secrets.key", refused.Message, StringComparison.Ordinal);
    }

    [RequiresPostgresFact]
    public async Task A_server_that_goes_and_comes_back_is_not_ready_meanwhile_and_nothing_acknowledged_is_lost()
    {
        using PostgresServer server = new(isSafe: true);
        using (DbConnection connection = new Npgsql.NpgsqlConnection(server.To("postgres")))
        {
            connection.Execute("CREATE DATABASE faults TEMPLATE template0");
        }

        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with { Database = server.To("faults") });
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        JsonElement acknowledged = await board.AttestAsync();
        byte[] evidence = board.Evidence(await board.ChallengeAsync());
        using HttpClient anybody = verifier.Anybody();

        server.Stop();
        using HttpResponseMessage refused = await board.SubmitAsync(evidence);
        int ready = await anybody.GetAsync(new Uri("/readyz", UriKind.Relative)).StatusAsync();
        server.StartAgain();
        long returned = Environment.TickCount64;
        await Eventually.TrueAsync(async () => await anybody.GetAsync(new Uri("/readyz", UriKind.Relative)).StatusAsync() == 200, "it is ready again");
        long took = Environment.TickCount64 - returned;
        using HttpResponseMessage taken = await board.SubmitAsync(evidence);

        Assert.Equal((503, 503), ((int)refused.StatusCode, ready));
        Assert.InRange(took, 0, 10_000);
        Assert.Equal(200, (int)taken.StatusCode);
        Assert.NotEqual(acknowledged.Text("asOf"), (await board.DeviceAsync()).Text("asOf"));
    }

    private sealed class FileStore : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-schema-").FullName;
        private readonly DataDirectory _directory;

        public FileStore()
        {
            _directory = new DataDirectory(_folder);
            Database = new SqliteDatabase(_directory);
        }

        public SqliteDatabase Database { get; }

        public void Dispose()
        {
            Database.Dispose();
            _directory.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
