using System.Text.Json.Serialization;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Products;
using IotAttest.Domain.Recognition;
using IotAttest.Service.Certificates;

namespace IotAttest.Service.Products;

/// <summary>One build, many markets: what it is worth under each scheme at one moment.</summary>
internal sealed record CoverageView(string Build, Guid Class, string Manufacturer, string AsOf, IReadOnlyList<CoverageCellView> Schemes);

/// <summary>One scheme; result is certified, deemed (recognised), streamlined (must apply) or none, and why says the reason.</summary>
internal sealed record CoverageCellView(
    string Scheme,
    string Title,
    string Jurisdiction,
    bool IsFictitious,
    string Result,
    string? Level,
    string? Certificate,
    string? Rule,
    string? LegalRef,
    string? SourceChecked,
    string Why)
{
    /// <summary>The reason for pages in other languages.</summary>
    [JsonIgnore]
    public RecognitionReason Reason { get; init; } = RecognitionReason.Own;

    public static CoverageCellView Of(CoverageCell covered)
    {
        RecognitionView view = RecognitionView.Of(covered.Cell);
        bool isFictitious = SchemeCatalogue.Default.Find(view.Scheme)!.IsFictitious;
        return new CoverageCellView(
            view.Scheme, view.Title, view.Jurisdiction, isFictitious, view.Result, view.Level, covered.Certificate, view.Rule, view.LegalRef, view.SourceChecked, view.Why)
        {
            Reason = view.Reason,
        };
    }
}
