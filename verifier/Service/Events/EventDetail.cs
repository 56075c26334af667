using System.Text.Json;
using System.Text.Json.Serialization;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Events;

/// <summary>The data of an event that its row holds itself, as JSON.</summary>
internal static class EventDetail
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new HexGuid() } };

    /// <exception cref="StoreException">Not what this program writes.</exception>
    public static T Read<T>(string? detail)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(detail ?? "null", Options) ?? throw new StoreException("The database holds an event without its data. Restore a backup.");
        }
        catch (JsonException cause)
        {
            throw new StoreException("The database holds an event that this program cannot read. Run the version that wrote it, or a newer one.", cause);
        }
    }

    /// <summary>A class as SQL writes it: the hex digits of its 16 bytes, big endian.</summary>
    private sealed class HexGuid : JsonConverter<Guid>
    {
        public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Guid.TryParseExact(reader.GetString(), "N", out Guid value) ? value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
