using IotAttest.Domain.Products;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Products;

/// <summary>The public record of a product, now or at a moment in the past. Nothing in it is about a single board.</summary>
/// <remarks>Categories are the maker's words; those that recognition counts stand in certificates.</remarks>
internal sealed record ProductView(
    Guid Class,
    string Manufacturer,
    string ProductName,
    string ModelNumber,
    IReadOnlyList<string> HardwareRevisions,
    IReadOnlyList<string> Categories,
    string? Gtin,
    string? SupportUntil,
    string Support,
    string? CvdPolicyUrl,
    string? DisclosureContact,
    int? AckDays,
    string? SecureSetupUrl,
    string? DefaultPasswordNote,
    string? UpdateInfo,
    string MarketStatus,
    string? Summary,
    IReadOnlyList<ProductNote> Warnings,
    IReadOnlyList<ComponentReferenceView> Components,
    string ChangedAt,
    string AsOf)
{
    public static ProductView Of(ProductRow row, IReadOnlyList<ComponentReferenceView> components, DateTimeOffset at)
    {
        ProductModel model = row.Model;
        ProductNotes notes = ProductNotes.Of(model.Support, components, at);
        return new ProductView(
            row.ClassId,
            row.Manufacturer,
            model.ProductName,
            model.ModelNumber,
            model.HardwareRevisions,
            model.Categories,
            model.Gtin,
            notes.SupportUntil,
            notes.Support,
            model.CvdPolicyUrl,
            model.DisclosureContact,
            model.AckDays,
            model.SecureSetupUrl,
            model.DefaultPasswordNote,
            model.UpdateInfo,
            EnumWord.Of(model.MarketStatus),
            model.Summary,
            notes.Warnings,
            components,
            UtcText.OfMs(row.At),
            UtcText.Of(at));
    }
}

/// <summary>Some products; <paramref name="Next"/> is the cursor of the next page, null at the end.</summary>
internal sealed record ProductPage(IReadOnlyList<ProductView> Products, string? Next);

/// <summary>Everything that was said of a product, oldest first.</summary>
internal sealed record ProductHistoryView(Guid Class, IReadOnlyList<ProductChangeView> History);

/// <summary>What was said at a moment, by whom and why.</summary>
/// <param name="At">When.</param>
/// <param name="DecidedBy">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="SupportUntil">The last day of support from then on.</param>
/// <param name="Changed">The members that differ from before; empty for the first.</param>
internal sealed record ProductChangeView(string At, string DecidedBy, string Reason, string? SupportUntil, IReadOnlyList<string> Changed);
