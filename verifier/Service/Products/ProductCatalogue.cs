using System.Data.Common;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Products;

/// <summary>Reads the registry of products, as it is or as it was.</summary>
internal sealed class ProductCatalogue(Database database, TimeProvider clock)
{
    public static ProblemException NoSuch() => Refuse.NotFound("no product of that class", "the class of a product that its maker described");

    /// <exception cref="ProblemException">No such product, or none yet at that moment.</exception>
    public ProductView Find(Guid classId, DateTimeOffset? at = null)
    {
        using DbConnection connection = database.Open();
        ProductRow row = ProductTable.Find(connection, null, classId, at) ?? throw NoSuch();
        return View(connection, row, at ?? clock.GetUtcNow());
    }

    /// <exception cref="ProblemException">No such product, or none yet at that moment.</exception>
    public ProductHistoryView History(Guid classId, DateTimeOffset? at)
    {
        using DbConnection connection = database.Open();
        List<ProductRow> versions = ProductTable.History(connection, classId, at);
        return versions.Count > 0 ? new ProductHistoryView(classId, ProductChanges.Of(versions)) : throw NoSuch();
    }

    public ProductPage List(string? manufacturer, Paging paging)
    {
        using DbConnection connection = database.Open();
        List<ProductRow> rows = ProductTable.List(connection, manufacturer, paging);
        DateTimeOffset now = clock.GetUtcNow();
        return new ProductPage([.. rows.Select(row => View(connection, row, now))], rows.Count == paging.Limit ? Paging.CursorOf(rows[^1].Id) : null);
    }

    private static ProductView View(DbConnection connection, ProductRow row, DateTimeOffset at) =>
        ProductView.Of(row, ComponentTable.ReadStanding(connection, row.ClassId, null, at), at);
}
