using System.Globalization;
using Dapper;
using IotAttest.Service.Tests.Certificates;
using Microsoft.Data.Sqlite;

namespace IotAttest.Browser.Tests;

/// <summary>10,000 of everything that has a list (certificates, applications, cases, advisories, incidents, products, laboratories), 2,000 builds, and 100,000 boards that report the first of them.
/// Copied in the database: what is measured is reading.</summary>
internal sealed class LargeRegistry : IAsyncDisposable
{
    public const int Certificates = 10_000;
    public const int Boards = 100_000;

    private const int Builds = 2_000;
    private const int Rows = 10_000;

    private LargeRegistry(FilledRegistry filled) => Filled = filled;

    public FilledRegistry Filled { get; }

    public Uri Address => Filled.Address;

    public static async Task<LargeRegistry> StartAsync()
    {
        LargeRegistry registry = new(await FilledRegistry.StartAsync());
        BodyAtWork work = registry.Filled.Work;
        await work.Verifier.StopAsync();
        Copy(Path.Combine(work.Verifier.DataDirectory, "iotattest.db"));
        await work.Verifier.StartAgainAsync();
        return registry;
    }

    public async ValueTask DisposeAsync() => await Filled.DisposeAsync();

    private static void Copy(string file)
    {
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (string statement in Statements())
        {
            connection.Execute(statement, transaction: transaction, commandTimeout: 120);
        }

        transaction.Commit();
    }

    private static IEnumerable<string> Statements()
    {
        string builds = Series(Builds);
        string certificates = Series(Certificates);
        string boards = Series(Boards);
        yield return $"""
            INSERT INTO builds (id, manufacturer, class, version, security_version, set_hash, manifest, manifest_sha256, submitted_at, assemblies_hash, product_name)
            SELECT printf('00000000-0000-4000-8000-%012d', n), manufacturer, class, printf('2.%d.%d', n / 100, n % 100), security_version, set_hash || n, manifest, randomblob(32), submitted_at, assemblies_hash, printf('Model %04d', n)
            FROM (SELECT * FROM builds LIMIT 1), ({builds})
            """;
        yield return $"INSERT INTO build_components (build_id, name, sha256) SELECT printf('00000000-0000-4000-8000-%012d', n), name, randomblob(32) FROM (SELECT name FROM build_components LIMIT 2), ({builds})";
        yield return $"""
            INSERT INTO certificates (id, scheme, level, body, manifest_sha256, build_id, valid_from, valid_until, status, corim, corim_sha256, submitted_at, patch_policy, categories)
            SELECT printf('BULK-%05d', n), scheme, CASE n % 3 WHEN 0 THEN 'basic' WHEN 1 THEN 'substantial' ELSE 'high' END, body, manifest_sha256, printf('00000000-0000-4000-8000-%012d', 1 + n % {Builds}),
                valid_from, valid_until - (n % 40) * 864000000, 1, corim, randomblob(32), submitted_at, patch_policy, ''
            FROM (SELECT * FROM certificates LIMIT 1), ({certificates})
            """;
        yield return "INSERT INTO certificate_events (certificate_id, at, kind, status, decided_by, reason, actions, person) SELECT id, submitted_at, 1, 1, body, 'issued', '', '' FROM certificates WHERE id LIKE 'BULK-%'";
        yield return $"""
            INSERT INTO devices (ueid, kid, key_kind, key, key_mark, credential_hash, oem_id, class, strength, freshness, manufacturer, enrolled_at)
            SELECT unhex(printf('01%032x', n + 1)), 1000000 + n, key_kind, key, NULL, randomblob(32), oem_id, class, strength, freshness, manufacturer, enrolled_at
            FROM (SELECT * FROM devices LIMIT 1), ({boards})
            """;
        yield return $"""
            INSERT INTO device_state SELECT d.id, s.stamp_source, s.stamp_time, s.has_baseline, s.boot_count, s.boot_seed, s.uptime, s.evidence_hash, s.nonce, s.as_of, s.set_id, s.secure_boot, s.debug_status, s.identity_conflict,
                s.claim_mismatch, s.highest_security, s.last_build, s.decommissioned, s.reports, s.refusals, s.last_refusal, s.conformity, s.drift, s.build, s.policy, s.conditions, s.advisories
            FROM devices d, (SELECT * FROM device_state ORDER BY device_id DESC LIMIT 1) s WHERE d.kid BETWEEN 1000001 AND {1_000_000 + Boards}
            """;
        foreach (string statement in DeskStatements(Series(Rows)))
        {
            yield return statement;
        }
    }

    private static IEnumerable<string> DeskStatements(string rows)
    {
        yield return $"""
            INSERT INTO applications (holder, body, scheme, level, build_id, summary, answers, filed_at, status, laboratory)
            SELECT holder, body, CASE WHEN n <= {3 * Builds} THEN 'demo' ELSE 'sg-cls' END, CASE (n - 1) / {Builds} WHEN 0 THEN 'basic' WHEN 1 THEN 'substantial' WHEN 2 THEN 'high' WHEN 3 THEN '1' ELSE '2' END,
                printf('00000000-0000-4000-8000-%012d', 1 + n % {Builds}), summary, answers, filed_at, status, laboratory
            FROM (SELECT * FROM applications LIMIT 1), ({rows})
            """;
        yield return """
            INSERT INTO application_events (application_id, at, step, status, taken_by, person, reason, laboratory, certificate_id, is_public, proposal_id)
            SELECT a.id, e.at, e.step, e.status, e.taken_by, e.person, e.reason, e.laboratory, e.certificate_id, e.is_public, e.proposal_id
            FROM applications a, (SELECT * FROM application_events WHERE application_id = 1) e WHERE a.id > 1 ORDER BY a.id, e.seq
            """;
        yield return $"""
            INSERT INTO cases (type, certificate_id, application_id, decision, opened_by, holder, body, opened_at, summary, is_open)
            SELECT type, certificate_id, application_id, decision, opened_by, holder, body, opened_at, printf('Complaint %d', n), is_open
            FROM (SELECT 4 AS type, certificate_id, application_id, NULL AS decision, opened_by, holder, body, opened_at, is_open FROM cases WHERE type = 3 LIMIT 1), ({rows})
            """;
        yield return """
            INSERT INTO case_events (case_id, at, step, taken_by, person, rationale_public, rationale_confidential, dissent, assigned, clock, outcome)
            SELECT c.id, e.at, e.step, e.taken_by, e.person, e.rationale_public, e.rationale_confidential, e.dissent, e.assigned, e.clock, e.outcome
            FROM cases c, (SELECT e.* FROM case_events e JOIN cases first ON first.id = e.case_id WHERE first.type = 3 AND e.step = 1) e WHERE c.summary LIKE 'Complaint %'
            """;
        yield return """
            INSERT INTO case_clocks SELECT c.id, k.name, k.due_at FROM cases c, (SELECT k.* FROM case_clocks k JOIN cases first ON first.id = k.case_id WHERE first.type = 3) k WHERE c.summary LIKE 'Complaint %'
            """;
        yield return $"""
            INSERT INTO advisories (id, revision, state, importer, scope, format, document_id, issuer, publisher, version, title, severity, withdrawn, published_at, updated_at, imported_at, embargo_until, file, sha256)
            SELECT printf('BULK-%05d', n), revision, state, importer, scope, format, printf('BULK-%05d', n), issuer, publisher, version, title, severity, withdrawn, published_at, updated_at, imported_at, embargo_until, file, sha256
            FROM (SELECT * FROM advisories LIMIT 1), ({rows})
            """;
        yield return $"""
            INSERT INTO incidents (id, organisation, kind, advisory_id, title, opened_at, recorded_at, opened_by, reason)
            SELECT printf('bulk-%05d', n), organisation, kind, printf('BULK-%05d', n), title, opened_at, recorded_at, opened_by, reason FROM (SELECT * FROM incidents LIMIT 1), ({rows})
            """;
        yield return $"INSERT INTO products (class, manufacturer, support_until, told) SELECT randomblob(16), manufacturer, support_until, 2 FROM (SELECT * FROM products LIMIT 1), ({rows})";
        yield return "INSERT INTO product_versions (product_id, at, decided_by, reason, body) SELECT p.id, v.at, v.decided_by, v.reason, v.body FROM products p, (SELECT * FROM product_versions ORDER BY seq LIMIT 1) v WHERE p.id <> v.product_id";
        yield return $"INSERT INTO organisations (name, roles, created_at) SELECT printf('lab-%05d', n), 'laboratory', created_at FROM (SELECT created_at FROM organisations LIMIT 1), ({rows})";
        yield return "INSERT INTO accreditations (organisation, number, scope, until, at) SELECT name, 'D-PL-1', 'demo', created_at + 8640000000, created_at FROM organisations WHERE name LIKE 'lab-%'";
    }

    private static string Series(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count}) SELECT n FROM s");
}
