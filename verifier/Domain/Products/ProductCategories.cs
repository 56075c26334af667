using System.Collections.Immutable;

namespace IotAttest.Domain.Products;

/// <summary>The words for what a product is, shared with the categories of recognition rules and certificates; a product may have several.</summary>
/// <remarks>On a product they are the maker's own words. Recognition counts only what a body signed in a certificate.</remarks>
public static class ProductCategories
{
    /// <summary>Most words for one product.</summary>
    public const int Max = 8;

    /// <summary>All words, in ordinal order.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "alarm",
        "appliance",
        "assistant",
        "camera",
        "component",
        "consumer-smart-device",
        "fire-gas-water-detector",
        "gateway",
        "general-computing",
        "health",
        "home-automation",
        "hub",
        "industrial",
        "light",
        "meter",
        "plug",
        "router",
        "sensor",
        "smart-lock",
        "thermostat",
        "toy",
        "tracker",
        "wearable",
    ];

    /// <summary>True for one of <see cref="All"/>.</summary>
    public static bool IsKnown(string word) => All.Contains(word);
}
