using IotAttest.Domain.Products;

namespace IotAttest.Service.Products;

/// <summary>A product with one of its versions.</summary>
internal sealed class ProductRow
{
    public long Id { get; init; }

    public byte[] Class { get; init; } = [];

    public string Manufacturer { get; init; } = "";

    public string Body { get; init; } = "";

    public long At { get; init; }

    public string DecidedBy { get; init; } = "";

    public string Reason { get; init; } = "";

    public Guid ClassId => new(Class, bigEndian: true);

    public ProductModel Model => StoredModel.Read(Body);
}
