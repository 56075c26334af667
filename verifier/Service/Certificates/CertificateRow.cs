using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Service.Certificates;

/// <summary>A row of the table certificates with the class and maker of its build.</summary>
internal sealed class CertificateRow
{
    public const string Columns = """
        c.rowid AS RowId, c.id, c.scheme, c.level, c.body, c.manifest_sha256 AS ManifestSha256, c.build_id AS BuildId, c.valid_from AS ValidFrom, c.valid_until AS ValidUntil,
        c.status, c.corim_sha256 AS CorimSha256, c.submitted_at AS SubmittedAt, b.manufacturer, b.class
        """;

    public long RowId { get; init; }

    public string Id { get; init; } = "";

    public string Scheme { get; init; } = "";

    public string Level { get; init; } = "";

    public string Body { get; init; } = "";

    public byte[] ManifestSha256 { get; init; } = [];

    public string BuildId { get; init; } = "";

    public long ValidFrom { get; init; }

    public long ValidUntil { get; init; }

    public long Status { get; init; }

    public byte[] CorimSha256 { get; init; } = [];

    public long SubmittedAt { get; init; }

    public string Manufacturer { get; init; } = "";

    public byte[] Class { get; init; } = [];

    public CertificateStatus Decided => (CertificateStatus)Status;

    /// <summary>Expiry is computed and final for what was live.</summary>
    public bool IsExpired(DateTimeOffset now) =>
        Decided is CertificateStatus.Certified or CertificateStatus.Suspended && now.ToUnixTimeMilliseconds() > ValidUntil;
}
