namespace IotAttest.Service.Devices;

/// <summary>A row of the table devices.</summary>
internal sealed class DeviceRow
{
    public const string Columns = "d.id, d.ueid, d.kid, d.key_kind AS KeyKind, d.key, d.key_mark AS KeyMark, d.credential_hash AS CredentialHash, d.oem_id AS OemId, d.class, d.strength, d.freshness, d.manufacturer, d.owner, d.hold, d.fleet_group AS FleetGroup";

    public long Id { get; init; }

    public byte[] Ueid { get; init; } = [];

    public long Kid { get; init; }

    public long KeyKind { get; init; }

    public byte[] Key { get; init; } = [];

    public byte[]? KeyMark { get; init; }

    public byte[] CredentialHash { get; init; } = [];

    public string OemId { get; init; } = "";

    public byte[] Class { get; init; } = [];

    public long Strength { get; init; }

    public long Freshness { get; init; }

    public string Manufacturer { get; init; } = "";

    public string? Owner { get; init; }

    public long Hold { get; init; }

    public string? FleetGroup { get; init; }
}
