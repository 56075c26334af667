using Dapper;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Certificates;
using IotAttest.Service.Storage;
using IotAttest.Service.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Tests.Certificates;

public sealed class MigrationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Decisions_of_an_earlier_version_keep_their_meaning()
    {
        long noon = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        const long Day = 86_400_000;
        WriteEarlierDatabase(noon, [(noon, 1), (noon + Day, 2), (noon + (2 * Day), 1), (noon + (3 * Day), 2), (noon + (4 * Day), 4)]);

        using DataDirectory directory = new(_folder);
        using SqliteDatabase database = new(directory);
        using SqliteConnection connection = database.Open();
        CertificateLife life = CertificateEventTable.LifeOf(connection, null, CertificateTable.Find(connection, null, "C-1")!);

        Assert.Equal([DecisionKind.Issue, DecisionKind.Suspend, DecisionKind.Resume, DecisionKind.Suspend, DecisionKind.Revoke], life.History.Select(taken => taken.Kind));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(noon + (45 * Day)), life.At(DateTimeOffset.FromUnixTimeMilliseconds(noon + (3 * Day))).Suspension!.Until);
        Assert.Equal(CertificateStatus.Revoked, life.At(DateTimeOffset.FromUnixTimeMilliseconds(noon + (4 * Day))).Status);
        Assert.All(life.History, taken => Assert.False(taken.IsConfirmed));
    }

    private void WriteEarlierDatabase(long noon, (long At, long Status)[] events)
    {
        using Stream script = typeof(SqliteMigrations).Assembly.GetManifestResourceStream("IotAttest.Service.Storage.Sqlite.Migrations.001_initial.sql")!;
        using StreamReader reader = new(script);
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, "iotattest.db"), Pooling = false }.ToString());
        connection.Open();
        connection.Execute(reader.ReadToEnd());
        connection.Execute("PRAGMA user_version = 1");
        connection.Execute("INSERT INTO organisations (name, roles, created_at) VALUES ('acme', 'manufacturer', 0), ('demo-cb', 'body', 0)");
        connection.Execute("""
            INSERT INTO builds (id, manufacturer, class, version, security_version, set_hash, manifest, manifest_sha256, submitted_at) VALUES ('b', 'acme', zeroblob(16), '1', 1, 'h', x'00', zeroblob(32), 0);
            INSERT INTO certificates (id, scheme, level, body, manifest_sha256, build_id, valid_from, valid_until, status, corim, corim_sha256, submitted_at)
            VALUES ('C-1', 'demo', 'basic', 'demo-cb', zeroblob(32), 'b', @noon, @end, 4, x'00', zeroblob(32), @noon);
            """, new { noon, end = noon + (365 * 86_400_000L) });
        foreach ((long at, long status) in events)
        {
            connection.Execute("INSERT INTO certificate_events (certificate_id, at, status, decided_by, reason) VALUES ('C-1', @at, @status, 'demo-cb', 'x')", new { at, status });
        }
    }
}
