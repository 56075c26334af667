using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Registry;

/// <summary>A page of results; <paramref name="Next"/> is the cursor of the next one, null at the end.</summary>
internal sealed record SearchView(string AsOf, long Total, IReadOnlyList<SearchHit> Results, SearchFacets Facets, string? Next);

/// <summary>One certificate, as it stands at the moment asked for.</summary>
internal sealed record SearchHit(
    string Id, string? Product, string Holder, string Version, string Scheme, string Level, string? EvaluationType, string Body, string Status, string ValidUntil, string Build)
{
    public static SearchHit Of(SearchRow row) => new(
        row.Id,
        string.IsNullOrEmpty(row.Product) ? null : row.Product,
        row.Holder,
        row.Version,
        row.Scheme,
        row.Level,
        SchemeCatalogue.Default.FindLevel(row.Scheme, row.Level) is { } level ? EnumWord.Of(level.EvaluationType) : null,
        row.Body,
        ((CertificateStatus)row.Status).ToString(),
        UtcText.OfMs(row.ValidUntil),
        row.Build);
}
