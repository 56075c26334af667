using IotAttest.Domain.Advisories;
using IotAttest.Domain.Corim;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Advisories;

/// <summary>An advisory in lists.</summary>
/// <param name="Id">Its id here.</param>
/// <param name="DocumentId">Its id as its author gave it.</param>
/// <param name="Format"><c>csaf-2.0</c> or <c>openvex-0.2.0</c>.</param>
/// <param name="Publisher">Its author.</param>
/// <param name="Version">Its version as its author gave it.</param>
/// <param name="Revision">Counted here from 1.</param>
/// <param name="Status"><c>in-force</c>, <c>embargoed</c>, <c>withdrawn</c> or <c>replaced</c>.</param>
/// <param name="Severity">CVSS band of the worst vulnerability.</param>
/// <param name="Title">One line.</param>
/// <param name="PublishedAt">First release by its author.</param>
/// <param name="UpdatedAt">This release.</param>
/// <param name="ImportedAt">When it came here.</param>
/// <param name="ImportedBy">Who brought it.</param>
/// <param name="Scope">The maker whose builds alone it may speak of; null: all.</param>
/// <param name="EmbargoUntil">Until when it was, or is, hidden; null for never.</param>
/// <param name="Sha256">Digest of the file.</param>
internal sealed record AdvisoryView(
    string Id, string DocumentId, string Format, string Publisher, string Version, long Revision, string Status, string Severity, string Title,
    string PublishedAt, string UpdatedAt, string ImportedAt, string ImportedBy, string? Scope, string? EmbargoUntil, string Sha256)
{
    public static AdvisoryView Of(AdvisoryRow row) => new(
        row.Id,
        row.DocumentId,
        AdvisoryWords.Of((AdvisoryFormat)row.Format),
        row.Publisher,
        row.Version,
        row.Revision,
        row.Status,
        AdvisoryWords.Of(row.Band),
        row.Title,
        UtcText.OfMs(row.PublishedAt),
        UtcText.OfMs(row.UpdatedAt),
        UtcText.OfMs(row.ImportedAt),
        row.Importer,
        row.Scope,
        UtcText.OfMs(row.EmbargoUntil),
        new Sha256Digest(row.Sha256).ToString());
}

/// <summary>Some advisories; <paramref name="Next"/> is the cursor of the next page, null at the end.</summary>
internal sealed record AdvisoryPage(IReadOnlyList<AdvisoryView> Advisories, string? Next);
