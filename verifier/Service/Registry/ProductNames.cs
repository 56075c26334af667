using System.Data.Common;
using Dapper;
using IotAttest.Domain.Corim;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;

namespace IotAttest.Service.Registry;

/// <summary>Reads the product names of builds that were submitted before the search knew them, once, at the first start after the update.</summary>
internal sealed class ProductNames(Database database, StoreWriter writer) : IHostedService
{
    private const int RowsPerStep = 500;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (Unread() is { Count: > 0 } builds)
        {
            var named = builds.Select(build => new { build.Id, product = NameIn(build.Manifest) }).ToArray();
            await writer.ExecuteAsync((connection, transaction) => connection.Execute("UPDATE builds SET product_name = @product WHERE id = @Id", named, transaction), cancellation: cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private List<(string Id, byte[] Manifest)> Unread()
    {
        using DbConnection connection = database.Open();
        return connection.Query<(string, byte[])>("SELECT id, manifest FROM builds WHERE product_name IS NULL LIMIT @RowsPerStep", new { RowsPerStep }).AsList();
    }

    private static string NameIn(byte[] manifest) =>
        SignedCorim.TryDecode(manifest, out SignedCorim? signed, out _) && BuildManifestReader.TryRead(signed, out BuildManifest? read, out _) ? read.ProductName ?? "" : "";
}
