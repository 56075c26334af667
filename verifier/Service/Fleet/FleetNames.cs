using System.Data.Common;
using Dapper;
using IotAttest.Service.Products;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Fleet;

/// <summary>Words for builds and classes, for lists that would otherwise show ids.</summary>
internal sealed class FleetNames(Database database)
{
    /// <summary>Name and version of builds, by id; one that nobody named is its version alone.</summary>
    public IReadOnlyDictionary<string, string> OfBuilds(IEnumerable<string> ids)
    {
        using DbConnection connection = database.Open();
        return connection
            .Query<(string Id, string? Product, string Version)>("SELECT id, product_name, version FROM builds WHERE id IN @ids", new { ids = ids.Distinct().ToArray() })
            .ToDictionary(row => row.Id, row => string.IsNullOrEmpty(row.Product) ? row.Version : $"{row.Product} {row.Version}", StringComparer.Ordinal);
    }

    /// <summary>The name that its maker gave a class in the registry of products; the class itself when it gave none.</summary>
    public string OfClass(Guid classId)
    {
        using DbConnection connection = database.Open();
        return ProductTable.Find(connection, null, classId, null)?.Model.ProductName ?? classId.ToString();
    }
}
