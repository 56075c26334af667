using System.Text.Json;
using System.Text.Json.Serialization;
using IotAttest.Domain.Products;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Products;

/// <summary>Product models as the JSON that the database keeps.</summary>
internal static class StoredModel
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static string Write(ProductModel model) => JsonSerializer.Serialize(model, Options);

    /// <exception cref="StoreException">Not what this program writes.</exception>
    public static ProductModel Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ProductModel>(text, Options) ?? throw Unknown(null);
        }
        catch (JsonException cause)
        {
            throw Unknown(cause);
        }
    }

    private static StoreException Unknown(Exception? cause)
    {
        const string Message = "The database holds a product that this program cannot read. Run the version that wrote it, or a newer one.";
        return cause is null ? new StoreException(Message) : new StoreException(Message, cause);
    }
}
