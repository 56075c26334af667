using System.Data.Common;
using Dapper;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Builds;

/// <summary>Builds in the database.</summary>
internal static class BuildTable
{
    private const int MaxBuildsPerDigest = 100;

    public static BuildRow? Find(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QuerySingleOrDefault<BuildRow>($"SELECT {BuildRow.Columns} FROM builds b WHERE b.id = @id", new { id }, transaction);

    public static BuildRow? FindByManifest(DbConnection connection, DbTransaction transaction, Sha256Digest manifest) =>
        connection.QuerySingleOrDefault<BuildRow>($"SELECT {BuildRow.Columns} FROM builds b WHERE b.manifest_sha256 = @hash", new { hash = manifest.ToBytes() }, transaction);

    public static byte[] ManifestOf(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QuerySingle<byte[]>("SELECT manifest FROM builds WHERE id = @id", new { id }, transaction);

    public static List<BuildRow> List(DbConnection connection, Guid? classId, string? manufacturer, Paging paging) => connection
        .Query<BuildRow>(
            $"""
            SELECT {BuildRow.Columns} FROM builds b
            WHERE b.rowid > @after AND (@classId IS NULL OR b.class = @classId) AND (@manufacturer IS NULL OR b.manufacturer = @manufacturer)
            ORDER BY b.rowid LIMIT @Limit
            """,
            new { after = paging.Cursor ?? 0, classId = classId?.ToByteArray(bigEndian: true), manufacturer, paging.Limit })
        .AsList();

    /// <summary>The same, newest first.</summary>
    public static List<BuildRow> ListNewest(DbConnection connection, Guid? classId, string? manufacturer, Paging paging) => connection
        .Query<BuildRow>(
            $"""
            SELECT {BuildRow.Columns} FROM builds b
            WHERE b.rowid < @before AND (@classId IS NULL OR b.class = @classId) AND (@manufacturer IS NULL OR b.manufacturer = @manufacturer)
            ORDER BY b.rowid DESC LIMIT @Limit
            """,
            new { before = paging.Cursor ?? long.MaxValue, classId = classId?.ToByteArray(bigEndian: true), manufacturer, paging.Limit })
        .AsList();

    /// <summary>Builds with this digest as a component, or as the hash of their manifest; the newest come first.</summary>
    public static List<BuildRow> FindByDigest(DbConnection connection, Sha256Digest digest) => connection
        .Query<BuildRow>(
            $"""
            SELECT {BuildRow.Columns} FROM builds b
            WHERE b.manifest_sha256 = @hash OR b.id IN (SELECT build_id FROM build_components WHERE sha256 = @hash)
            ORDER BY b.rowid DESC LIMIT {MaxBuildsPerDigest}
            """,
            new { hash = digest.ToBytes() })
        .AsList();

    public static void Insert(DbConnection connection, DbTransaction transaction, BuildManifest manifest, SignedCorim signed, byte[] file, long now)
    {
        string id = manifest.CorimId.ToString();
        connection.Execute(
            """
            INSERT INTO builds (id, manufacturer, class, version, security_version, set_hash, manifest, manifest_sha256, submitted_at, assemblies_hash, product_name, sbom_sha256)
            VALUES (@id, @Issuer, @classId, @Version, @securityVersion, @setHash, @file, @hash, @now, @AssembliesHash, @productName, @sbom)
            """,
            new
            {
                id,
                manifest.Issuer,
                classId = manifest.ClassId.ToByteArray(bigEndian: true),
                manifest.Version,
                securityVersion = (long)manifest.SecurityVersion,
                setHash = SetOf(manifest.Components).Hash,
                file,
                hash = signed.Sha256.ToBytes(),
                now,
                manifest.AssembliesHash,
                productName = manifest.ProductName ?? "",
                sbom = manifest.Sbom?.ToBytes(),
            },
            transaction);
        connection.Execute(
            "INSERT INTO build_components (build_id, name, sha256) VALUES (@id, @name, @hash)",
            manifest.Components.Select(component => new { id, name = component.Name, hash = component.Digest.ToBytes() }),
            transaction);
    }

    /// <summary>True when a build of the class that is not retired has at least this security version.</summary>
    public static bool HasBuildFrom(DbConnection connection, DbTransaction transaction, string manufacturer, Guid classId, ulong securityVersion) => connection.ExecuteScalar<bool>(
        "SELECT EXISTS (SELECT 1 FROM builds WHERE manufacturer = @manufacturer AND class = @classId AND security_version >= @version AND retired_at IS NULL)",
        new { manufacturer, classId = classId.ToByteArray(bigEndian: true), version = (long)securityVersion },
        transaction);

    public static void Supersede(DbConnection connection, DbTransaction transaction, string id, string by, long acceptedUntil) =>
        connection.Execute("UPDATE builds SET superseded_by = @by, accepted_until = @acceptedUntil WHERE id = @id", new { id, by, acceptedUntil }, transaction);

    /// <summary>Ends acceptance now; a window of grace that has already closed stays closed.</summary>
    public static void Retire(DbConnection connection, DbTransaction transaction, string id, long now) => connection.Execute(
        "UPDATE builds SET retired_at = @now, accepted_until = CASE WHEN accepted_until < @now THEN accepted_until ELSE @now END WHERE id = @id", new { id, now }, transaction);

    /// <summary>A build as appraisal sees it, right after its submission.</summary>
    public static ReferenceBuild ToReference(BuildManifest manifest, long submittedAt) =>
        new(manifest.CorimId.ToString(), manifest.ClassId, manifest.Issuer, manifest.Version, manifest.SecurityVersion, SetOf(manifest.Components), [])
        {
            SubmittedAt = DateTimeOffset.FromUnixTimeMilliseconds(submittedAt),
            AssembliesHash = manifest.AssembliesHash,
        };

    public static MeasuredSet SetOf(IEnumerable<ComponentDigest> components) =>
        new(components.Select(component => new MeasuredComponent(component.Name, component.Digest.ToBytes())));
}
