using System.Collections.Immutable;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Schemes;

namespace IotAttest.Service.Certificates;

/// <summary>A row of the table certificates with the class and maker of its build.</summary>
internal sealed class CertificateRow
{
    public const string Columns = """
        c.rowid AS RowId, c.id, c.scheme, c.level, c.body, c.manifest_sha256 AS ManifestSha256, c.build_id AS BuildId, c.valid_from AS ValidFrom, c.valid_until AS ValidUntil,
        c.corim_sha256 AS CorimSha256, c.submitted_at AS SubmittedAt, c.patch_policy AS PatchPolicy, c.categories, c.supersedes, c.scheme_version AS SchemeVersion, b.manufacturer, b.class
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

    public byte[] CorimSha256 { get; init; } = [];

    public long SubmittedAt { get; init; }

    public string PatchPolicy { get; init; } = "";

    public string Categories { get; init; } = "";

    public string? Supersedes { get; init; }

    public string? SchemeVersion { get; init; }

    public string Manufacturer { get; init; } = "";

    public byte[] Class { get; init; } = [];

    public ImmutableArray<string> CategoryWords => [.. Categories.Split(',', StringSplitOptions.RemoveEmptyEntries)];

    public CertificateRules Rules => SchemeCatalogue.Default.RulesOf(Scheme, Level);

    /// <summary>Its life so far.</summary>
    public CertificateLife LifeWith(IEnumerable<CertificateEvent> history) => new(
        Rules,
        DateTimeOffset.FromUnixTimeMilliseconds(ValidFrom),
        DateTimeOffset.FromUnixTimeMilliseconds(ValidUntil),
        [.. history]);
}
