namespace IotAttest.Service.Builds;

/// <summary>What the table builds adds to the reference values in memory.</summary>
internal sealed class BuildRow
{
    public const string Columns = "b.rowid AS RowId, b.id, b.manufacturer, b.class, b.manifest_sha256 AS ManifestSha256, b.submitted_at AS SubmittedAt, b.superseded_by AS SupersededBy, b.accepted_until AS AcceptedUntil, b.retired_at AS RetiredAt";

    public long RowId { get; init; }

    public string Id { get; init; } = "";

    public string Manufacturer { get; init; } = "";

    public byte[] Class { get; init; } = [];

    public byte[] ManifestSha256 { get; init; } = [];

    public long SubmittedAt { get; init; }

    public string? SupersededBy { get; init; }

    public long? AcceptedUntil { get; init; }

    public long? RetiredAt { get; init; }

    public bool IsOfSameProduct(BuildRow other) => Manufacturer == other.Manufacturer && Class.AsSpan().SequenceEqual(other.Class);
}
