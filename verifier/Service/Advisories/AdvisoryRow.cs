using IotAttest.Domain.Advisories;
using IotAttest.Service.Access;

namespace IotAttest.Service.Advisories;

/// <summary>One revision of an advisory, without its file.</summary>
internal sealed class AdvisoryRow
{
    public const string Columns =
        """
        a.seq, a.id, a.revision, a.state, a.importer, a.scope, a.format, a.document_id AS DocumentId, a.issuer, a.publisher, a.version, a.title, a.severity, a.withdrawn,
        a.published_at AS PublishedAt, a.updated_at AS UpdatedAt, a.imported_at AS ImportedAt, a.embargo_until AS EmbargoUntil, a.sha256
        """;

    public long Seq { get; init; }

    public string Id { get; init; } = "";

    public long Revision { get; init; }

    public long State { get; init; }

    /// <summary>The organisation that imported it, or <see cref="Roles.Operator"/>.</summary>
    public string Importer { get; init; } = "";

    /// <summary>The maker whose builds alone it may speak of; null: all.</summary>
    public string? Scope { get; init; }

    public long Format { get; init; }

    public string DocumentId { get; init; } = "";

    public string Issuer { get; init; } = "";

    public string Publisher { get; init; } = "";

    public string Version { get; init; } = "";

    public string Title { get; init; } = "";

    public long Severity { get; init; }

    public long Withdrawn { get; init; }

    public long PublishedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long ImportedAt { get; init; }

    public long? EmbargoUntil { get; init; }

    public byte[] Sha256 { get; init; } = [];

    public AdvisorySeverity Band => (AdvisorySeverity)Severity;

    /// <summary>One word about its life.</summary>
    public string Status => (AdvisoryState)State switch
    {
        AdvisoryState.Embargoed => "embargoed",
        AdvisoryState.Replaced => "replaced",
        _ => Withdrawn != 0 ? "withdrawn" : "in-force",
    };
}
