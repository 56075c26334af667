using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Products;

namespace IotAttest.Service.Reference;

/// <summary>Reads a manufacturer's builds and the certificates that name them, as appraisal needs them.</summary>
internal static class ReferenceLoader
{
    public static IEnumerable<string> Manufacturers(DbConnection connection) =>
        connection.Query<string>("SELECT manufacturer FROM builds UNION SELECT manufacturer FROM products");

    public static ManufacturerReference Load(DbConnection connection, DbTransaction? transaction, string manufacturer)
    {
        object key = new { manufacturer };
        Dictionary<string, ImmutableArray<string>> advisories = VulnerableBuilds.Of(connection, transaction, manufacturer);
        return new ManufacturerReference(
            [.. Builds(connection, transaction, "b.manufacturer = @manufacturer", key, advisories)],
            Minimums(connection, transaction, key),
            ProductTable.SupportsOf(connection, transaction, manufacturer),
            ComponentTerms.OfManufacturer(connection, transaction, manufacturer));
    }

    /// <summary>One build with the certificates that name it: what changed about it comes into force without a look at the others.</summary>
    public static ReferenceBuild LoadBuild(DbConnection connection, DbTransaction? transaction, string id)
    {
        string manufacturer = connection.QuerySingle<string>("SELECT manufacturer FROM builds WHERE id = @id", new { id }, transaction);
        return Builds(connection, transaction, "b.id = @id", new { id }, VulnerableBuilds.Of(connection, transaction, manufacturer)).Single();
    }

    // Oldest submission first, and certificates in the order in which they were issued.
    private static IEnumerable<ReferenceBuild> Builds(DbConnection connection, DbTransaction? transaction, string which, object key, Dictionary<string, ImmutableArray<string>> advisories)
    {
        ILookup<string, CoveringCertificate> certificates = connection
            .Query<CertificateRow>($"SELECT c.id, c.build_id AS BuildId, c.scheme, c.level, c.body, c.status, c.valid_from AS ValidFrom, c.valid_until AS ValidUntil, c.patch_policy AS PatchPolicy, c.counts_until AS CountsUntil FROM certificates c JOIN builds b ON b.id = c.build_id WHERE {which} ORDER BY c.rowid", key, transaction)
            .ToLookup(row => row.BuildId, row => row.ToCertificate());
        ILookup<string, MeasuredComponent> components = connection
            .Query<ComponentRow>($"SELECT k.build_id AS BuildId, k.name, k.sha256 FROM build_components k JOIN builds b ON b.id = k.build_id WHERE {which}", key, transaction)
            .ToLookup(row => row.BuildId, row => new MeasuredComponent(string.Intern(row.Name), row.Sha256));
        return connection
            .Query<BuildRow>($"SELECT b.id, b.manufacturer, b.class, b.version, b.security_version AS SecurityVersion, b.submitted_at AS SubmittedAt, b.accepted_until AS AcceptedUntil, b.retired_at AS RetiredAt, b.assemblies_hash AS AssembliesHash FROM builds b WHERE {which} ORDER BY b.rowid", key, transaction)
            .Select(row => row.ToBuild(components[row.Id], [.. certificates[row.Id]]) with { Advisories = advisories.GetValueOrDefault(row.Id, []) });
    }

    private static Dictionary<Guid, ulong> Minimums(DbConnection connection, DbTransaction? transaction, object key) => connection
        .Query<MinimumRow>("SELECT class, MAX(version) AS Version FROM class_minimums WHERE manufacturer = @manufacturer GROUP BY class", key, transaction)
        .ToDictionary(row => new Guid(row.Class, bigEndian: true), row => (ulong)row.Version);

    private sealed class BuildRow
    {
        public string Id { get; init; } = "";

        public string Manufacturer { get; init; } = "";

        public byte[] Class { get; init; } = [];

        public string Version { get; init; } = "";

        public long SecurityVersion { get; init; }

        public long SubmittedAt { get; init; }

        public long? AcceptedUntil { get; init; }

        public long? RetiredAt { get; init; }

        public string? AssembliesHash { get; init; }

        public ReferenceBuild ToBuild(IEnumerable<MeasuredComponent> components, ImmutableArray<CoveringCertificate> certificates) => new(
            Id,
            new Guid(Class, bigEndian: true),
            Manufacturer,
            Version,
            (ulong)SecurityVersion,
            new MeasuredSet(components),
            certificates,
            AcceptedUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null)
        {
            RetiredAt = RetiredAt is { } retired ? DateTimeOffset.FromUnixTimeMilliseconds(retired) : null,
            AssembliesHash = AssembliesHash,
            SubmittedAt = DateTimeOffset.FromUnixTimeMilliseconds(SubmittedAt),
        };
    }

    private sealed class ComponentRow
    {
        public string BuildId { get; init; } = "";

        public string Name { get; init; } = "";

        public byte[] Sha256 { get; init; } = [];
    }

    private sealed class CertificateRow
    {
        public string Id { get; init; } = "";

        public string BuildId { get; init; } = "";

        public string Scheme { get; init; } = "";

        public string Level { get; init; } = "";

        public string Body { get; init; } = "";

        public long Status { get; init; }

        public long ValidFrom { get; init; }

        public long ValidUntil { get; init; }

        public string PatchPolicy { get; init; } = "";

        public long? CountsUntil { get; init; }

        public CoveringCertificate ToCertificate() => new(
            Id,
            Scheme,
            Level,
            SchemeLevels.MinimumStrength(Scheme, Level),
            (CertificateStatus)Status,
            DateTimeOffset.FromUnixTimeMilliseconds(ValidFrom),
            DateTimeOffset.FromUnixTimeMilliseconds(ValidUntil))
        {
            Body = Body,
            PatchPolicy = StoredPatchPolicy.Read(PatchPolicy),
            CountsUntil = CountsUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
            MaximumEvidenceAge = SchemeCatalogue.Default.FindLevel(Scheme, Level)?.MaxEvidenceAge,
        };
    }

    private sealed class MinimumRow
    {
        public byte[] Class { get; init; } = [];

        public long Version { get; init; }
    }
}
