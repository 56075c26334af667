using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;

namespace IotAttest.Cli.Commands.Product;

/// <summary>The file in which a maker keeps the description of a product: a JSON object with the members that <c>PUT /v1/products/{class}</c> takes.</summary>
internal static class ProductFile
{
    private const int MaxBytes = 32 * 1024;

    /// <summary>What a maker says of a product, in the order in which a file has it. The rest of an answer is computed.</summary>
    private static readonly string[] Members =
    [
        "productName", "modelNumber", "hardwareRevisions", "categories", "gtin", "supportUntil", "cvdPolicyUrl", "disclosureContact", "ackDays", "secureSetupUrl",
        "defaultPasswordNote", "updateInfo", "marketStatus", "summary",
    ];

    /// <exception cref="CliException">No such file, or no JSON object.</exception>
    public static JsonObject Read(string path)
    {
        string text = InputFile.ReadText(path, MaxBytes);
        try
        {
            if (JsonNode.Parse(text) is JsonObject description)
            {
                return description;
            }
        }
        catch (JsonException)
        {
            // Said below: to whoever wrote the file, both are the same mistake.
        }

        throw CliException.DoesNotHold($"{path}, which is no JSON object", "the description of a product", "begin with: iotattest product show CLASS --description");
    }

    /// <summary>The description in an answer of the verifier, as a file has it.</summary>
    public static JsonObject Of(JsonElement product)
    {
        JsonObject description = [];
        foreach (string member in Members)
        {
            if (product.TryGetProperty(member, out JsonElement value) && value.ValueKind != JsonValueKind.Null)
            {
                description[member] = JsonNode.Parse(value.GetRawText());
            }
        }

        return description;
    }
}
