using System.Data.Common;
using Dapper;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Devices.Certificates;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>Roots of device certificates in the database. Rows are added, and marked as removed; never deleted.</summary>
internal static class DeviceCaTable
{
    private const string Select = """
        SELECT id, manufacturer, certificate, strength, oem_id AS OemId, subject_o AS SubjectO, ueid_prefix AS UeidPrefix, added_at AS AddedAt, removed_at AS RemovedAt, removal_reason AS RemovalReason
        FROM device_cas
        """;

    public static DeviceCa? Find(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QuerySingleOrDefault<Row>($"{Select} WHERE id = @id", new { id }, transaction)?.ToCa();

    /// <summary>In the order they were added, removed ones too.</summary>
    public static IReadOnlyList<DeviceCa> Of(DbConnection connection, DbTransaction? transaction, string manufacturer) =>
        [.. connection.Query<Row>($"{Select} WHERE manufacturer = @manufacturer ORDER BY added_at, rowid", new { manufacturer }, transaction).Select(row => row.ToCa())];

    public static void Insert(DbConnection connection, DbTransaction transaction, DeviceCa ca, string by) => connection.Execute(
        """
        INSERT INTO device_cas (id, manufacturer, certificate, strength, oem_id, subject_o, ueid_prefix, added_at, added_by)
        VALUES (@Id, @Manufacturer, @Certificate, @strength, @oemId, @subjectO, @ueidPrefix, @addedAt, @by)
        """,
        new
        {
            ca.Id,
            ca.Manufacturer,
            ca.Certificate,
            strength = (long)ca.Strength,
            oemId = ca.Rules.OemId?.ToString(),
            subjectO = ca.Rules.SubjectOrganisation,
            ueidPrefix = ca.Rules.UeidPrefix,
            addedAt = ca.AddedAt.ToUnixTimeMilliseconds(),
            by,
        },
        transaction);

    public static void Remove(DbConnection connection, DbTransaction transaction, string id, string reason, long now) =>
        connection.Execute("UPDATE device_cas SET removed_at = @now, removal_reason = @reason WHERE id = @id", new { id, reason, now }, transaction);

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Manufacturer { get; init; } = "";

        public byte[] Certificate { get; init; } = [];

        public long Strength { get; init; }

        public string? OemId { get; init; }

        public string? SubjectO { get; init; }

        public string? UeidPrefix { get; init; }

        public long AddedAt { get; init; }

        public long? RemovedAt { get; init; }

        public string? RemovalReason { get; init; }

        public DeviceCa ToCa() => new(
            Id, Manufacturer, Certificate, (EvidenceStrength)Strength, new DeviceCaRules(OemId is { } oemId ? Domain.Devices.OemId.Parse(oemId) : null, SubjectO, UeidPrefix))
        {
            AddedAt = DateTimeOffset.FromUnixTimeMilliseconds(AddedAt),
            RemovedAt = RemovedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            RemovalReason = RemovalReason,
        };
    }
}
