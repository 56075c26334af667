using System.Text.Json.Serialization;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Recognition;

namespace IotAttest.Service.Certificates;

/// <summary>What a certificate is worth under each scheme at one moment.</summary>
internal sealed record RecognitionsView(string Certificate, string AsOf, IReadOnlyList<RecognitionView> Recognitions);

/// <summary>One cell of the matrix; result is certified, deemed, streamlined (must apply) or none.</summary>
internal sealed record RecognitionView(
    string Scheme,
    string Title,
    string Jurisdiction,
    string Result,
    string? Level,
    string Why,
    string? Rule,
    string? RuleState,
    string? LegalRef,
    string? SourceChecked,
    string? Note)
{
    /// <summary>The reason for pages in other languages.</summary>
    [JsonIgnore]
    public RecognitionReason Reason { get; init; } = RecognitionReason.Own;

    public static RecognitionView Of(RecognitionCell cell)
    {
        Scheme scheme = SchemeCatalogue.Default.Find(cell.Scheme)!;
        RecognitionRule? rule = cell.Rule;
        return new RecognitionView(
            scheme.Id,
            scheme.Title,
            scheme.Jurisdiction,
            EnumWord.Of(cell.Result),
            cell.Level,
            cell.Why,
            rule?.Id,
            rule is null ? null : EnumWord.Of(rule.State),
            rule?.LegalRef,
            rule?.SourceChecked.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            rule?.Note)
        {
            Reason = cell.Reason,
        };
    }
}
