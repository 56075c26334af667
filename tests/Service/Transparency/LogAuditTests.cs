using System.Text.Json;
using Dapper;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Service.Tests.Postgres;
using IotAttest.Service.Transparency;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IotAttest.Service.Tests.Transparency;

/// <summary>Somebody with the database file changes it behind the verifier's back, triggers and all.</summary>
public sealed class LogAuditTests
{
    private const string DropTriggers = "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'";

    // What is in the log: 1 log, 2 and 3 keys, 4 build, 5 build-event, 6 certificate, 7 and 8 certificate-events.
    public static TheoryData<string, long> Changes { get; } = new()
    {
        { "UPDATE certificate_events SET reason = 'Nothing happened' WHERE status <> 1", 8 },
        { "UPDATE certificate_events SET at = at - 86400000 WHERE status <> 1", 8 },
        { "DELETE FROM certificate_events WHERE status <> 1", 8 },
        { "UPDATE certificates SET status = 1", 6 },
        { "UPDATE certificates SET valid_until = valid_until + 1", 6 },
        { "UPDATE certificates SET level = 'basic'", 6 },
        { "UPDATE certificates SET corim = X'00'", 6 },
        { "UPDATE builds SET security_version = 9", 4 },
        { "UPDATE builds SET retired_at = 5", 4 },
        { "UPDATE build_components SET sha256 = zeroblob(32) WHERE name = 'clr'", 4 },
        { "DELETE FROM build_components WHERE name = 'clr'", 4 },
        { "UPDATE organisation_keys SET spki = X'00' WHERE organisation = 'acme'", 2 },
        { "UPDATE log_entries SET body = CAST('{}' AS BLOB) WHERE seq = 5", 5 },
        { "UPDATE log_entries SET leaf = zeroblob(32) WHERE seq = 5", 5 },
        { "DELETE FROM log_entries WHERE seq = 5", 5 },
    };

    [SqliteTheory]
    [MemberData(nameof(Changes))]
    public async Task A_changed_row_is_found_and_its_sequence_number_named(string change, long sequence)
    {
        await using BodyAtWork work = await StartAsync();
        Assert.Empty(LogAudit.OfFile(work.Verifier.DataDirectory).Findings);

        Tamper(work, change);

        LogCheck check = LogAudit.OfFile(work.Verifier.DataDirectory);
        Assert.Contains(check.Findings, finding => finding.Sequence == sequence);
    }

    [SqliteFact]
    public async Task A_row_that_was_slipped_in_without_an_entry_is_found()
    {
        await using BodyAtWork work = await StartAsync();

        Tamper(work, "INSERT INTO certificate_events (certificate_id, at, status, decided_by, reason) VALUES ('DEMO-1', 5, 1, 'demo-cb', 'resumed')");

        Assert.Contains(LogAudit.OfFile(work.Verifier.DataDirectory).Findings, finding => finding.Seen.Contains("never logged", StringComparison.Ordinal));
    }

    [SqliteFact]
    public async Task Who_rewrites_everything_in_the_store_is_found_by_a_checkpoint_kept_elsewhere_and_named_by_kept_leaves()
    {
        await using BodyAtWork work = await StartAsync();
        Checkpoint kept = work.Verifier.Services.GetRequiredService<TransparencyLog>().Checkpoint();
        byte[][] leaves = [.. LogAudit.OfFile(work.Verifier.DataDirectory).Leaves];

        Rewrite(work, sequence: 8, "UPDATE certificate_events SET reason = 'Nothing happened' WHERE status <> 1");

        LogCheck alone = LogAudit.OfFile(work.Verifier.DataDirectory);
        Assert.Empty(alone.Findings);
        Assert.False(alone.Agrees(kept));
        Assert.Contains("1 to 8", alone.Findings[0].Expected, StringComparison.Ordinal);
        Assert.Equal(8, LogAudit.OfFile(work.Verifier.DataDirectory, leaves).Findings[0].Sequence);
    }

    [SqliteFact]
    public async Task A_log_whose_end_was_cut_off_does_not_agree_with_a_kept_checkpoint()
    {
        await using BodyAtWork work = await StartAsync();
        Checkpoint kept = work.Verifier.Services.GetRequiredService<TransparencyLog>().Checkpoint();

        Tamper(work, "DELETE FROM log_entries WHERE seq = 8", "DELETE FROM certificate_events WHERE status <> 1", "UPDATE certificates SET status = 1", "DELETE FROM log_nodes WHERE level = 3");

        LogCheck check = LogAudit.OfFile(work.Verifier.DataDirectory);
        Assert.False(check.Agrees(kept));
        Assert.Equal(8, check.Findings[^1].Sequence);
    }

    [SqliteFact]
    public async Task The_verifier_itself_raises_an_event_once()
    {
        await using BodyAtWork work = await StartAsync();
        LogAuditor auditor = work.Verifier.Services.GetServices<IHostedService>().OfType<LogAuditor>().Single();
        Tamper(work, "UPDATE certificate_events SET reason = 'Nothing happened' WHERE status <> 1");

        await auditor.LookAsync(CancellationToken.None);
        await auditor.LookAsync(CancellationToken.None);

        using HttpClient client = work.Verifier.Operator();
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        JsonElement page = await client.GetJsonAsync("/v1/events?types=log.altered");
        JsonElement raised = Assert.Single(page.GetProperty("events").EnumerateArray());
        Assert.Contains("entry 8", raised.GetProperty("data").Text("findings"), StringComparison.Ordinal);
    }

    [SqliteTheory]
    [InlineData("UPDATE log_entries SET body = X'00'")]
    [InlineData("DELETE FROM log_entries")]
    [InlineData("UPDATE log_nodes SET hash = X'00'")]
    [InlineData("DELETE FROM builds")]
    [InlineData("UPDATE builds SET manifest = X'00'")]
    [InlineData("UPDATE certificates SET corim = X'00'")]
    [InlineData("DELETE FROM build_events")]
    public async Task No_statement_of_the_program_could_rewrite_the_log(string statement)
    {
        await using BodyAtWork work = await StartAsync();
        using SqliteConnection connection = Open(work);

        SqliteException refusal = Assert.Throws<SqliteException>(() => connection.Execute(statement));

        Assert.Equal(19, refusal.SqliteErrorCode);
    }

    private static async Task<BodyAtWork> StartAsync()
    {
        BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate());
        await work.TakeAsync(new { decision = "withdraw", reason = "Fraud" });
        return work;
    }

    internal static void Tamper(BodyAtWork work, params string[] changes)
    {
        using SqliteConnection connection = Open(work);
        connection.Execute("PRAGMA foreign_keys = OFF");
        foreach (string drop in connection.Query<string>(DropTriggers).AsList())
        {
            connection.Execute(drop);
        }

        foreach (string change in changes)
        {
            Assert.NotEqual(0, connection.Execute(change));
        }
    }

    // An attacker who knows how the log is made: row, entry, leaf and inner nodes agree again.
    private static void Rewrite(BodyAtWork work, long sequence, string change)
    {
        Tamper(work, change);
        using SqliteConnection connection = Open(work);
        connection.Execute("UPDATE log_entries SET body = (SELECT s.body FROM log_source s WHERE s.kind = log_entries.kind AND s.ref = log_entries.ref) WHERE seq = @sequence", new { sequence });
        connection.Execute("UPDATE log_entries SET leaf = NULL WHERE seq = @sequence", new { sequence });
        connection.Execute("DELETE FROM log_nodes WHERE (idx + 1) << level >= @sequence AND idx << level < @sequence", new { sequence });
        using SqliteTransaction transaction = connection.BeginTransaction();
        LogTable.Seal(connection, transaction);
        transaction.Commit();
    }

    private static SqliteConnection Open(BodyAtWork work)
    {
        SqliteConnection connection = new($"Data Source={Path.Combine(work.Verifier.DataDirectory, "iotattest.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
