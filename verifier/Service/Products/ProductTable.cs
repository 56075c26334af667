using System.Data.Common;
using Dapper;
using IotAttest.Domain.Products;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Products;

/// <summary>Products in the database. What was said of one is only ever added to; triggers refuse anything else.</summary>
internal static class ProductTable
{
    private const string Select =
        """
        SELECT p.id, p.class, p.manufacturer, v.body, v.at, v.decided_by AS DecidedBy, v.reason
        FROM products p JOIN product_versions v ON v.product_id = p.id
        """;

    /// <summary>The product as it was at a moment, or as it is; null when nothing was said of it by then.</summary>
    public static ProductRow? Find(DbConnection connection, DbTransaction? transaction, Guid classId, DateTimeOffset? at = null) => connection.QuerySingleOrDefault<ProductRow>(
        $"{Select} WHERE p.class = @classId AND v.seq = (SELECT max(w.seq) FROM product_versions w WHERE w.product_id = p.id AND (@at IS NULL OR w.at <= @at))",
        new { classId = Bytes(classId), at = at?.ToUnixTimeMilliseconds() },
        transaction);

    /// <summary>Products as they are, in the order in which they came.</summary>
    public static List<ProductRow> List(DbConnection connection, string? manufacturer, Paging paging) => connection
        .Query<ProductRow>(
            $"""
            {Select} WHERE p.id > @after AND (@manufacturer IS NULL OR p.manufacturer = @manufacturer)
              AND v.seq = (SELECT max(w.seq) FROM product_versions w WHERE w.product_id = p.id)
            ORDER BY p.id LIMIT @Limit
            """,
            new { after = paging.Cursor ?? 0, manufacturer, paging.Limit })
        .AsList();

    /// <summary>Everything that was said of a product, oldest first, up to a moment.</summary>
    public static List<ProductRow> History(DbConnection connection, Guid classId, DateTimeOffset? at) => connection
        .Query<ProductRow>(
            $"{Select} WHERE p.class = @classId AND (@at IS NULL OR v.at <= @at) ORDER BY v.seq",
            new { classId = Bytes(classId), at = at?.ToUnixTimeMilliseconds() })
        .AsList();

    /// <summary>Whose class it is: of the product, else of the first build that was submitted for it; null when nobody used it yet.</summary>
    public static string? OwnerOf(DbConnection connection, DbTransaction transaction, Guid classId) =>
        connection.QuerySingleOrDefault<string>("SELECT manufacturer FROM products WHERE class = @classId", new { classId = Bytes(classId) }, transaction)
        ?? connection.QueryFirstOrDefault<string>("SELECT manufacturer FROM builds WHERE class = @classId ORDER BY rowid LIMIT 1", new { classId = Bytes(classId) }, transaction);

    /// <summary>The last moment of support by class.</summary>
    public static Dictionary<Guid, DateTimeOffset> SupportsOf(DbConnection connection, DbTransaction? transaction, string manufacturer) => connection
        .Query<(byte[] Class, long Until)>("SELECT class, support_until FROM products WHERE manufacturer = @manufacturer AND support_until IS NOT NULL", new { manufacturer }, transaction)
        .ToDictionary(row => new Guid(row.Class, bigEndian: true), row => DateTimeOffset.FromUnixTimeMilliseconds(row.Until));

    /// <summary>Adds a version, and the product with the first one. A new end of support has not been told to anybody.</summary>
    public static void Add(DbConnection connection, DbTransaction transaction, Guid classId, string manufacturer, ProductModel model, string decidedBy, string reason, long now)
    {
        long? until = model.Support.End?.ToUnixTimeMilliseconds();
        connection.Execute(
            """
            INSERT INTO products (class, manufacturer, support_until) VALUES (@classId, @manufacturer, @until)
            ON CONFLICT (class) DO UPDATE SET told = CASE WHEN products.support_until IS NOT DISTINCT FROM @until THEN products.told ELSE 0 END, support_until = @until
            """,
            new { classId = Bytes(classId), manufacturer, until },
            transaction);
        connection.Execute(
            "INSERT INTO product_versions (product_id, at, decided_by, reason, body) SELECT id, @now, @decidedBy, @reason, @body FROM products WHERE class = @classId",
            new { classId = Bytes(classId), now, decidedBy, reason, body = StoredModel.Write(model) },
            transaction);
    }

    private static byte[] Bytes(Guid classId) => classId.ToByteArray(bigEndian: true);
}
