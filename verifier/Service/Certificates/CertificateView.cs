using IotAttest.Domain.Corim;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Certificates;

/// <summary>A certificate. Its status is the body's decision, or Expired by the clock; never a verdict about a board.</summary>
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
    string CorimSha256)
{
    public static CertificateView Of(CertificateRow row, DateTimeOffset now)
    {
        bool isExpired = row.IsExpired(now);
        bool isInForce = row.Decided == CertificateStatus.Certified && !isExpired && now.ToUnixTimeMilliseconds() >= row.ValidFrom;
        return new CertificateView(
            row.Id,
            row.Scheme,
            row.Level,
            row.Body,
            row.Manufacturer,
            isExpired ? "Expired" : row.Decided.ToString(),
            isInForce,
            row.BuildId,
            new Guid(row.Class, bigEndian: true),
            new Sha256Digest(row.ManifestSha256).ToString(),
            UtcText.OfMs(row.ValidFrom),
            UtcText.OfMs(row.ValidUntil),
            UtcText.OfMs(row.SubmittedAt),
            new Sha256Digest(row.CorimSha256).ToString());
    }
}

/// <summary>Some certificates; <paramref name="Next"/> is the cursor of the next page, null at the end.</summary>
internal sealed record CertificatePage(IReadOnlyList<CertificateView> Certificates, string? Next);

/// <summary>One event: what was decided, by whom and why.</summary>
internal sealed record CertificateEventView(string At, string Status, string DecidedBy, string Reason);

/// <summary>All events of a certificate, oldest first.</summary>
internal sealed record CertificateHistoryView(string Id, IReadOnlyList<CertificateEventView> History);
