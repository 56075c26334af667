using System.Collections.Immutable;

namespace IotAttest.Domain.Products;

/// <summary>What a maker says publicly about one product model; one class is one model. Nothing here is about a single board.</summary>
/// <param name="ProductName">The name on the box.</param>
/// <param name="ModelNumber">The maker's own number or code.</param>
/// <param name="HardwareRevisions">Revisions that are, or were, sold; in the maker's order.</param>
/// <param name="Categories">Words of <see cref="ProductCategories"/>, in ordinal order, at least one.</param>
/// <param name="Gtin">The trade item number, see <see cref="Products.Gtin"/>; null for none.</param>
/// <param name="SupportUntil">The last day (UTC) with security updates; null while nothing is promised.</param>
/// <param name="CvdPolicyUrl">The policy for reporting weaknesses; an https URL or null.</param>
/// <param name="DisclosureContact">Where to report one; an https URL, a mailto: address or null.</param>
/// <param name="AckDays">Days until a report is acknowledged; null while nothing is promised.</param>
/// <param name="SecureSetupUrl">How to set it up safely; an https URL or null.</param>
/// <param name="DefaultPasswordNote">How the first password comes about, in words; null when not said.</param>
/// <param name="UpdateInfo">How updates arrive, in words; null when not said.</param>
/// <param name="MarketStatus">Announced, on sale or ended.</param>
/// <param name="Summary">What it is, in words for buyers; null when not said.</param>
public sealed record ProductModel(
    string ProductName,
    string ModelNumber,
    ImmutableArray<string> HardwareRevisions,
    ImmutableArray<string> Categories,
    string? Gtin,
    DateOnly? SupportUntil,
    string? CvdPolicyUrl,
    string? DisclosureContact,
    int? AckDays,
    string? SecureSetupUrl,
    string? DefaultPasswordNote,
    string? UpdateInfo,
    MarketStatus MarketStatus,
    string? Summary)
{
    /// <summary>The support that is promised.</summary>
    public SupportPeriod Support => new(SupportUntil);

    /// <summary>True when both say the same; lists count by content.</summary>
    public bool IsSameAs(ProductModel other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return HardwareRevisions.SequenceEqual(other.HardwareRevisions)
            && Categories.SequenceEqual(other.Categories)
            && this with { HardwareRevisions = other.HardwareRevisions, Categories = other.Categories } == other;
    }
}
