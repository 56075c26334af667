using System.Text.Json.Nodes;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Products;

/// <summary>What differs between the versions of a product.</summary>
internal static class ProductChanges
{
    public static IReadOnlyList<ProductChangeView> Of(IReadOnlyList<ProductRow> versions) =>
        [.. versions.Select((version, index) => View(version, index == 0 ? null : versions[index - 1]))];

    private static ProductChangeView View(ProductRow version, ProductRow? before) => new(
        UtcText.OfMs(version.At),
        version.DecidedBy,
        version.Reason,
        DayText.Of(version.Model.SupportUntil),
        before is null ? [] : [.. Differing(Members(before), Members(version))]);

    private static IEnumerable<string> Differing(JsonObject before, JsonObject after) =>
        after.Select(member => member.Key).Where(name => !JsonNode.DeepEquals(before[name], after[name]));

    // Read and written again: every version then has the members of today.
    private static JsonObject Members(ProductRow version) => JsonNode.Parse(StoredModel.Write(version.Model))!.AsObject();
}
