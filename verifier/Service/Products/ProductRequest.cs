using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using IotAttest.Domain.Products;
using IotAttest.Service.Builds;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Products;

/// <summary>The body that describes a product: the whole model, and why it is said. <paramref name="Manufacturer"/> is for the operator, who acts for several.</summary>
internal sealed record ProductRequest(ProductModel Model, string Reason, string? Manufacturer)
{
    private const int MaxNameLength = 120;
    private const int MaxCodeLength = 64;
    private const int MaxRevisions = 32;
    private const int MaxNoteLength = 500;
    private const int MaxSummaryLength = 1000;
    private const int MaxAckDays = 365;

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static ProductRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(
            json,
            "productName", "modelNumber", "hardwareRevisions", "categories", "gtin", "supportUntil", "cvdPolicyUrl", "disclosureContact", "ackDays", "secureSetupUrl",
            "defaultPasswordNote", "updateInfo", "marketStatus", "summary", "reason", "manufacturer");
        ProductModel model = new(
            fields.Text("productName", MaxNameLength),
            fields.Text("modelNumber", MaxCodeLength),
            [.. fields.Texts("hardwareRevisions", MaxRevisions, MaxCodeLength).Distinct()],
            CategoriesOf(fields),
            GtinOf(fields),
            DayText.Parse(fields, "supportUntil"),
            Page(fields, "cvdPolicyUrl"),
            ContactOf(fields),
            AckDaysOf(fields),
            Page(fields, "secureSetupUrl"),
            fields.OptionalText("defaultPasswordNote", MaxNoteLength),
            fields.OptionalText("updateInfo", MaxNoteLength),
            MarketStatusOf(fields),
            fields.OptionalText("summary", MaxSummaryLength));
        return new ProductRequest(model, fields.Text("reason", ReasonRequest.MaxReasonLength), fields.OptionalText("manufacturer", MaxCodeLength));
    }

    /// <summary>Null when the member is absent.</summary>
    /// <exception cref="ProblemException">Present, and no page that people may be sent to.</exception>
    internal static string? Page(RequestFields fields, string name) => fields.OptionalText(name, ProductAddress.MaxLength) switch
    {
        null => null,
        { } text when ProductAddress.IsPage(text) => text,
        _ => throw fields.Wrong(name, "no address that people may be sent to", "https://HOST/..., in ASCII, without user name"),
    };

    private static string? ContactOf(RequestFields fields) => fields.OptionalText("disclosureContact", ProductAddress.MaxLength) switch
    {
        null => null,
        { } text when ProductAddress.IsContact(text) => text,
        _ => throw fields.Wrong("disclosureContact", "no contact", "https://HOST/... or mailto:NAME@HOST"),
    };

    private static ImmutableArray<string> CategoriesOf(RequestFields fields)
    {
        string[] words = fields.Texts("categories", ProductCategories.Max, MaxCodeLength);
        string expected = $"one to {ProductCategories.Max} of {string.Join(", ", ProductCategories.All)}";
        if (words.FirstOrDefault(word => !ProductCategories.IsKnown(word)) is { } unknown)
        {
            throw fields.Wrong("categories", $"\"{unknown}\"", expected);
        }

        return words.Length > 0 ? [.. words.Distinct().Order(StringComparer.Ordinal)] : throw fields.Wrong("categories", "empty", expected);
    }

    private static string? GtinOf(RequestFields fields) => fields.OptionalText("gtin", 14) switch
    {
        null => null,
        { } text when Gtin.IsValid(text) => text,
        _ => throw fields.Wrong("gtin", "no trade item number", "8, 12, 13 or 14 digits of which the last is the check digit"),
    };

    private static int? AckDaysOf(RequestFields fields)
    {
        if (fields.Element("ackDays") is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int days) && days is >= 1 and <= MaxAckDays
            ? days
            : throw fields.Wrong("ackDays", "no number of days", string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {MaxAckDays}"));
    }

    private static MarketStatus MarketStatusOf(RequestFields fields)
    {
        string word = fields.Text("marketStatus", MaxCodeLength);
        MarketStatus[] all = Enum.GetValues<MarketStatus>();
        MarketStatus found = all.FirstOrDefault(status => EnumWord.Of(status) == word);
        return found != default ? found : throw fields.Wrong("marketStatus", $"\"{word}\"", string.Join(", ", all.Select(EnumWord.Of)));
    }
}
