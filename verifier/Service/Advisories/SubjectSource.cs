using System.Data.Common;
using Dapper;
using IotAttest.Domain.Advisories;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Advisories;

/// <summary>Reads builds as matching sees them: one with all its components, or those that an advisory could mean.</summary>
internal static class SubjectSource
{
    private const string SubjectColumns =
        """
        b.id, b.class, b.manufacturer, b.product_name AS ProductName, b.version, b.manifest_sha256 AS Manifest, b.sbom_sha256 AS Sbom,
        EXISTS (SELECT 1 FROM build_sboms s WHERE s.build_id = b.id) AS HasSbom
        """;

    private const string ComponentColumns = "c.build_id AS BuildId, c.id, c.name, c.version, c.purl, c.id = (SELECT min(f.id) FROM sbom_components f WHERE f.build_id = c.build_id) AS IsFirst";

    /// <summary>Below the most variables that a statement may have.</summary>
    private const int Chunk = 1_000;

    public static BuildSubject Of(DbConnection connection, DbTransaction transaction, string build)
    {
        object key = new { build };
        Row row = connection.QuerySingle<Row>($"SELECT {SubjectColumns} FROM builds b WHERE b.id = @build", key, transaction);
        IEnumerable<ComponentRow> components = connection.Query<ComponentRow>($"SELECT {ComponentColumns} FROM sbom_components c WHERE c.build_id = @build ORDER BY c.id", key, transaction);
        IEnumerable<(string Name, byte[] Digest)> regions = connection.Query<(string, byte[])>("SELECT name, sha256 FROM build_components WHERE build_id = @build", key, transaction);
        return row.ToSubject(components, regions);
    }

    /// <summary>Every build that a product of the advisory could mean, each with the components that it could mean.</summary>
    /// <param name="connection">The store.</param>
    /// <param name="transaction">The change at hand.</param>
    /// <param name="advisory">The advisory.</param>
    /// <param name="scope">The maker whose builds alone are looked at; null: all.</param>
    public static IEnumerable<BuildSubject> Candidates(DbConnection connection, DbTransaction transaction, Advisory advisory, string? scope)
    {
        AdvisoryProduct[] products = [.. advisory.Statements.Select(statement => statement.Product).SelectMany(WithContainers).Distinct(ReferenceEqualityComparer.Instance).Cast<AdvisoryProduct>()];
        byte[][] digests = [.. products.SelectMany(product => product.Sha256).Distinct().Select(Convert.FromHexString)];
        ILookup<string, ComponentRow> components = Components(connection, transaction, products).ToLookup(row => row.BuildId);
        ILookup<string, (string Name, byte[] Digest)> regions = Chunked(digests, part => connection.Query<(string Build, string Name, byte[] Digest)>(
            "SELECT build_id, name, sha256 FROM build_components WHERE sha256 IN @part", new { part }, transaction))
            .ToLookup(row => row.Build, row => (row.Name, row.Digest));
        HashSet<string> ids = [.. components.Select(group => group.Key), .. regions.Select(group => group.Key), .. Named(connection, transaction, products, digests)];
        foreach (string[] part in ids.Order(StringComparer.Ordinal).Chunk(Chunk))
        {
            foreach (Row row in connection.Query<Row>($"SELECT {SubjectColumns} FROM builds b WHERE b.id IN @part AND (@scope IS NULL OR b.manufacturer = @scope)", new { part, scope }, transaction))
            {
                yield return row.ToSubject(components[row.Id], regions[row.Id]);
            }
        }
    }

    private static IEnumerable<AdvisoryProduct> WithContainers(AdvisoryProduct product)
    {
        for (AdvisoryProduct? each = product; each is not null; each = each.Within)
        {
            yield return each;
        }
    }

    // Builds by what they are themselves: id, class, files, maker and product.
    private static IEnumerable<string> Named(DbConnection connection, DbTransaction transaction, AdvisoryProduct[] products, byte[][] digests)
    {
        Guid[] uuids = [.. products.SelectMany(product => product.Uuids).Distinct()];
        IEnumerable<string> byId = Chunked(uuids.Select(id => id.ToString()), part => connection.Query<string>("SELECT id FROM builds WHERE id IN @part", new { part }, transaction));
        IEnumerable<string> byClass = Chunked(uuids.Select(id => id.ToByteArray(bigEndian: true)), part => connection.Query<string>("SELECT id FROM builds WHERE class IN @part", new { part }, transaction));
        IEnumerable<string> byFile = Chunked(digests, part => connection.Query<string>("SELECT id FROM builds WHERE manifest_sha256 IN @part OR sbom_sha256 IN @part", new { part }, transaction));
        IEnumerable<string> byName = products
            .Where(product => product is { Vendor: not null, ProductName: not null })
            .Select(product => (Vendor: product.Vendor!, Name: product.ProductName!))
            .Distinct()
            .SelectMany(pair => connection.Query<string>(
                "SELECT id FROM builds WHERE lower(product_name) = @name AND lower(manufacturer) = @vendor", new { vendor = AsciiText.ToLower(pair.Vendor), name = AsciiText.ToLower(pair.Name) }, transaction));
        return [.. byId, .. byClass, .. byFile, .. byName];
    }

    private static IEnumerable<ComponentRow> Components(DbConnection connection, DbTransaction transaction, AdvisoryProduct[] products)
    {
        string[] names = [.. products.Select(product => product.ComponentName).OfType<string>().Select(AsciiText.ToLower).Distinct()];
        IEnumerable<ComponentRow> byName = Chunked(names, part => connection.Query<ComponentRow>($"SELECT {ComponentColumns} FROM sbom_components c WHERE lower(c.name) IN @part", new { part }, transaction));
        IEnumerable<ComponentRow> byPurl = products
            .Select(product => product.Purl)
            .OfType<PackageUrl>()
            .SelectMany(purl => new[] { purl.Path, purl.Path.Replace("@", "%40", StringComparison.Ordinal) }.Distinct().Select(path => AsciiText.ToLower($"pkg:{purl.Type}/{path}")))
            .Distinct()
            .SelectMany(prefix => connection.Query<ComponentRow>(
                $"SELECT {ComponentColumns} FROM sbom_components c WHERE lower(c.purl) >= @prefix AND lower(c.purl) < @end", new { prefix, end = prefix + '\uFFFF' }, transaction));
        return byName.Concat(byPurl).DistinctBy(row => row.Id).OrderBy(row => row.Id);
    }

    private static List<TRow> Chunked<TKey, TRow>(IEnumerable<TKey> keys, Func<TKey[], IEnumerable<TRow>> read) => [.. keys.Chunk(Chunk).SelectMany(read)];

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public byte[] Class { get; init; } = [];

        public string Manufacturer { get; init; } = "";

        public string? ProductName { get; init; }

        public string Version { get; init; } = "";

        public byte[] Manifest { get; init; } = [];

        public byte[]? Sbom { get; init; }

        public bool HasSbom { get; init; }

        public BuildSubject ToSubject(IEnumerable<ComponentRow> components, IEnumerable<(string Name, byte[] Digest)> regions) => new(
            Guid.Parse(Id),
            new Guid(Class, bigEndian: true),
            Manufacturer,
            ProductName,
            Version,
            Sbom is null ? [Convert.ToHexStringLower(Manifest)] : [Convert.ToHexStringLower(Manifest), Convert.ToHexStringLower(Sbom)],
            regions.ToDictionary(region => region.Name, region => Convert.ToHexStringLower(region.Digest)),
            HasSbom ? [.. components.Select(row => new ComponentSubject(row.Name, row.Version, row.Purl, row.IsFirst))] : null);
    }

    private sealed class ComponentRow
    {
        public string BuildId { get; init; } = "";

        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string? Version { get; init; }

        public string? Purl { get; init; }

        public bool IsFirst { get; init; }
    }
}
