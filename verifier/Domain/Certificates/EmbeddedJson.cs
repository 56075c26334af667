using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotAttest.Domain.Certificates;

/// <summary>Reads data files that are part of this assembly. A file that does not fit is a fault of the build, found by the first use.</summary>
internal static class EmbeddedJson
{
    public static T Read<T>(string name, params JsonConverter[] converters)
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        foreach (JsonConverter converter in converters)
        {
            options.Converters.Insert(0, converter);
        }

        using Stream stream = typeof(EmbeddedJson).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not part of this assembly.");
        return JsonSerializer.Deserialize<T>(stream, options) ?? throw new InvalidOperationException($"{name} is empty.");
    }
}
