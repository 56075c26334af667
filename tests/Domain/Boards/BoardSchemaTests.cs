using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IotAttest.Domain.Boards;

namespace IotAttest.Domain.Tests.Boards;

/// <summary>No JSON Schema library is at hand; these hold the schema's lists and patterns against the reader.</summary>
public sealed class BoardSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(BoardFiles.Folder, "board.schema.json")))!;

    private static JsonNode Region => Schema["$defs"]!["region"]!;

    [Fact]
    public void The_schema_and_the_reader_know_the_same_properties()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", Schema["$schema"]!.GetValue<string>());
        Assert.Equal(BoardFields.Required.Concat(BoardFields.Optional).Order(), Names(Schema["properties"]!).Order());
        Assert.Equal(BoardFields.RegionRequired.Order(), Names(Region["properties"]!).Order());
        Assert.False(Schema["additionalProperties"]!.GetValue<bool>());
        Assert.False(Region["additionalProperties"]!.GetValue<bool>());
    }

    [Fact]
    public void The_schema_and_the_reader_require_the_same_properties()
    {
        Assert.Equal(BoardFields.Required.Order(), Texts(Schema["required"]!).Order());
        Assert.Equal(BoardFields.RegionRequired.Order(), Texts(Region["required"]!).Order());
    }

    [Fact]
    public void The_schema_and_the_reader_measure_the_same_names_and_count_the_same()
    {
        Assert.Equal(RegionNames.Measurable, Texts(Region["then"]!["properties"]!["name"]!["enum"]!));
        Assert.Equal(BoardJsonReader.MaxRegions, Schema["properties"]!["regions"]!["maxItems"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("target", "ESP32_S3_QUAD")]
    [InlineData("target", "ESP32 S3")]
    [InlineData("target", "")]
    [InlineData("class", "6e0f5f0c-7f0b-4a53-9d1c-3a4b1f6c2e71")]
    [InlineData("class", "6E0F5F0C-7F0B-4A53-9D1C-3A4B1F6C2E71")]
    [InlineData("class", "{6e0f5f0c-7f0b-4a53-9d1c-3a4b1f6c2e71}")]
    [InlineData("class", "6e0f5f0c-7f0b-4a53-9d1c-3a4b1f6c2e7")]
    [InlineData("oemid", "00112233445566778899aabbccddeeff")]
    [InlineData("oemid", "00112233445566778899aabbccddeef")]
    [InlineData("flashSize", "0x200000")]
    [InlineData("flashSize", "0X00200000")]
    [InlineData("flashSize", "200000")]
    [InlineData("flashSize", "0x")]
    [InlineData("keyStorage", "efuse-hmac")]
    [InlineData("keyStorage", " efuse")]
    [InlineData("secureBoot", "esp-secure-boot-v2")]
    [InlineData("secureBoot", "")]
    public void The_schema_and_the_reader_agree_on_texts(string property, string text)
    {
        string json = BoardFiles.Edited(BoardFiles.Stm32, board => board[property] = text);

        Assert.Equal(BoardJson.TryRead(json, out _, out BoardError? error), Matches(Schema["properties"]![property]!, text));
        Assert.True(error is null || error.Path == $"$.{property}");
    }

    [Theory]
    [InlineData("nvs")]
    [InlineData("0nvs")]
    [InlineData("Nvs")]
    [InlineData("a-b_9")]
    [InlineData("a234567890123456789012345678901x2")]
    public void The_schema_and_the_reader_agree_on_region_names(string name)
    {
        string json = BoardFiles.Edited(BoardFiles.Stm32, board => board["regions"]![1]!["name"] = name);

        Assert.Equal(BoardJson.TryRead(json, out _, out _), Matches(Region["properties"]!["name"]!, name));
    }

    private static bool Matches(JsonNode schema, string text)
    {
        JsonNode resolved = schema["$ref"] is { } reference ? Schema["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]]! : schema;
        return resolved["oneOf"] is JsonArray choices
            ? choices.Any(choice => Matches(choice!, text))
            : resolved["pattern"] is { } pattern && Regex.IsMatch(text, pattern.GetValue<string>());
    }

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(property => property.Key);

    private static IEnumerable<string> Texts(JsonNode node) => node.AsArray().Select(item => item!.GetValue<string>());
}
