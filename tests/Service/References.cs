using Dapper;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Devices;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests;

/// <summary>Puts builds and certificates into a running verifier, below the routes: signatures and roles have tests of their own.</summary>
internal static class References
{
    /// <summary>Adds a build and returns its id.</summary>
    public static async Task<string> AddBuildAsync(this VerifierUnderTest verifier, MeasuredSet measured, string manufacturer = "acme", string productClass = Boards.Class, long securityVersion = 1)
    {
        string id = Guid.NewGuid().ToString();
        byte[] classBytes = Guid.Parse(productClass).ToByteArray(bigEndian: true);
        byte[] digest = Guid.NewGuid().ToByteArray();
        await verifier.ChangeAsync(manufacturer, (connection, transaction) =>
        {
            connection.Execute(
                """
                INSERT INTO builds (id, manufacturer, class, version, security_version, set_hash, manifest, manifest_sha256, submitted_at)
                VALUES (@id, @manufacturer, @classBytes, '1.0.0', @securityVersion, @Hash, x'', @digest, 0)
                """,
                new { id, manufacturer, classBytes, securityVersion, measured.Hash, digest },
                transaction);
            foreach (MeasuredComponent component in measured.Components)
            {
                connection.Execute("INSERT INTO build_components (build_id, name, sha256) VALUES (@id, @Name, @sha256)", new { id, component.Name, sha256 = component.Sha256.ToArray() }, transaction);
            }
        });
        return id;
    }

    /// <summary>Adds a certificate in force for a century and returns its id.</summary>
    public static async Task<string> CertifyAsync(this VerifierUnderTest verifier, string build, string manufacturer = "acme", string level = "substantial")
    {
        string id = $"C-{Guid.NewGuid()}";
        await verifier.ChangeAsync(manufacturer, (connection, transaction) => connection.Execute(
            """
            INSERT INTO certificates (id, scheme, level, body, manifest_sha256, build_id, valid_from, valid_until, status, corim, corim_sha256, submitted_at)
            VALUES (@id, 'demo', @level, @manufacturer, x'', @build, 0, 4102444800000, 1, x'', @digest, 0)
            """,
            new { id, level, manufacturer, build, digest = Guid.NewGuid().ToByteArray() },
            transaction));
        return id;
    }

    public static Task SetStatusAsync(this VerifierUnderTest verifier, string certificate, CertificateStatus status, string manufacturer = "acme") =>
        verifier.ChangeAsync(manufacturer, (connection, transaction) =>
            connection.Execute("UPDATE certificates SET status = @status WHERE id = @certificate", new { certificate, status = (long)status }, transaction));

    private static async Task ChangeAsync(this VerifierUnderTest verifier, string manufacturer, Action<SqliteConnection, SqliteTransaction> change)
    {
        await verifier.Services.GetRequiredService<StoreWriter>().ExecuteAsync(
            (connection, transaction) =>
            {
                change(connection, transaction);
                return ReferenceLoader.Load(connection, transaction, manufacturer);
            },
            loaded => verifier.Services.GetRequiredService<ReferenceDirectory>().Replace(manufacturer, loaded));
        verifier.Services.GetRequiredService<ReappraisalQueue>().Request(manufacturer);
    }
}
