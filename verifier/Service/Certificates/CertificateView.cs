using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Corim;
using IotAttest.Service.Hosting;
using IotAttest.Service.Products;

namespace IotAttest.Service.Certificates;

/// <summary>The public record: a certificate as its body decided and the clock says, now or at a moment in the past; never a verdict about a board.</summary>
/// <remarks>Support and warnings belong to the product: they change nothing of the certificate.</remarks>
internal sealed record CertificateView(
    string Id,
    string Scheme,
    string Level,
    string Body,
    string Holder,
    string Status,
    bool InForce,
    string Build,
    Guid Class,
    string ManifestSha256,
    string ValidFrom,
    string ValidUntil,
    string SubmittedAt,
    string CorimSha256,
    string AsOf,
    string? StatusSince,
    SuspensionView? Suspension,
    string? Supersedes,
    string? SupersededBy,
    string PatchPolicy,
    IReadOnlyList<string> Categories,
    string? EvaluationType,
    bool IsFictitious,
    string? SchemeVersion,
    bool PendingAppeal,
    string? SupportUntil,
    string Support,
    IReadOnlyList<ProductNote> Warnings)
{
    private const string NotIssued = "NotIssued";

    public static CertificateView Of(CertificateRow row, CertificateLife life, ProductNotes product, DateTimeOffset at, AppealIndex appeals)
    {
        CertificateStanding standing = life.At(at);
        return new CertificateView(
            row.Id,
            row.Scheme,
            row.Level,
            row.Body,
            row.Manufacturer,
            standing.Status?.ToString() ?? NotIssued,
            standing.IsInForce,
            row.BuildId,
            new Guid(row.Class, bigEndian: true),
            new Sha256Digest(row.ManifestSha256).ToString(),
            UtcText.OfMs(row.ValidFrom),
            UtcText.OfMs(row.ValidUntil),
            UtcText.OfMs(row.SubmittedAt),
            new Sha256Digest(row.CorimSha256).ToString(),
            UtcText.Of(at),
            UtcText.Of(standing.Since),
            standing.Suspension is { } suspension ? SuspensionView.Of(suspension, at) : null,
            row.Supersedes,
            standing.SupersededBy,
            row.PatchPolicy,
            row.CategoryWords,
            SchemeCatalogue.Default.FindLevel(row.Scheme, row.Level) is { } level ? EnumWord.Of(level.EvaluationType) : null,
            SchemeCatalogue.Default.Find(row.Scheme)?.IsFictitious == true,
            row.SchemeVersion,
            appeals.IsPending(row.Id),
            product.SupportUntil,
            product.Support,
            product.Warnings);
    }
}

/// <summary>A suspension that runs; overdue when its end passed without a decision.</summary>
internal sealed record SuspensionView(string Since, string Until, IReadOnlyList<string> RequestedActions, bool IsOverdue)
{
    public static SuspensionView Of(Suspension suspension, DateTimeOffset at) =>
        new(UtcText.Of(suspension.Since), UtcText.Of(suspension.Until), suspension.RequestedActions, at > suspension.Until);
}

/// <summary>Some certificates; <paramref name="Next"/> is the cursor of the next page, null at the end.</summary>
internal sealed record CertificatePage(IReadOnlyList<CertificateView> Certificates, string? Next);

/// <summary>One event: what was decided, by whom and why; an appeal names its number. The persons stay with the body; that there were two does not.</summary>
internal sealed record CertificateEventView(
    int Number,
    string At,
    string Status,
    string DecidedBy,
    string Reason,
    string Decision,
    string? Until,
    IReadOnlyList<string> RequestedActions,
    bool ByTwoPersons,
    string? SupersededBy)
{
    public static CertificateEventView Of(CertificateEvent taken, int index) => new(
        index + 1,
        UtcText.Of(taken.At),
        taken.Status.ToString(),
        taken.DecidedBy,
        taken.Reason,
        taken.Kind.Word(),
        UtcText.Of(taken.Until),
        taken.RequestedActions,
        taken.IsConfirmed,
        taken.SupersededBy);
}

/// <summary>All events of a certificate up to a moment, oldest first, and the appeals against them.</summary>
internal sealed record CertificateHistoryView(string Id, IReadOnlyList<CertificateEventView> History, IReadOnlyList<AppealView> Appeals);
