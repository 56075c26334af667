using System.Data.Common;
using Dapper;
using IotAttest.Domain.Policies;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Appraisals;

/// <summary>Submitted policies in the database: rows are added, never changed.</summary>
internal static class PolicyTable
{
    public static void Add(DbConnection connection, DbTransaction transaction, PolicyRow row) => connection.Execute(
        "INSERT INTO policies (id, version, document, submitted_at, submitted_by, reason) VALUES (@Id, @Version, @Document, @SubmittedAt, @SubmittedBy, @Reason)", row, transaction);

    /// <summary>The newest submitted version; 0 when there is none.</summary>
    public static int NewestVersion(DbConnection connection, DbTransaction transaction, string id) =>
        connection.ExecuteScalar<int>("SELECT coalesce(max(version), 0) FROM policies WHERE id = @id", new { id }, transaction);

    public static List<PolicyRow> List(DbConnection connection) => connection
        .Query<PolicyRow>("SELECT id, version, document, submitted_at AS SubmittedAt, submitted_by AS SubmittedBy, reason FROM policies ORDER BY rowid")
        .AsList();

    /// <exception cref="StoreException">Not what this program writes.</exception>
    public static EvidencePolicy Read(PolicyRow row) => PolicyReader.TryRead(row.Document, out EvidencePolicy? policy, out PolicyError? error)
        ? policy
        : throw new StoreException($"The database holds a policy {row.Id}:{row.Version} that this program cannot read ({error.Seen}). Run the version that wrote it, or a newer one.");
}
