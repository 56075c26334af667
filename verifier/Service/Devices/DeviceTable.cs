using System.Data.Common;
using Dapper;
using IotAttest.Domain.Devices;
using IotAttest.Service.Storage;
using IotAttest.Service.Storage.Postgres;

namespace IotAttest.Service.Devices;

/// <summary>Enrolled devices in the database. HMAC keys are wrapped, bound to their UEID.</summary>
internal sealed class DeviceTable(SecretBox box)
{
    /// <summary>The rows that stand in the way of an enrolment: same UEID, same kid, or same HMAC key.</summary>
    public static List<DeviceRow> FindRivals(DbConnection connection, DbTransaction transaction, byte[] ueid, ulong kid, byte[]? keyMark) => connection
        .Query<DeviceRow>(
            $"SELECT {DeviceRow.Columns} FROM devices d WHERE d.ueid = @ueid OR d.kid = @kid OR d.key_mark = @keyMark",
            new { ueid, kid = (long)kid, keyMark },
            transaction)
        .AsList();

    public byte[]? MarkOf(EnrolledKey key) => key.Kind == DeviceKeyKind.Hmac ? box.Mark(key.Material) : null;

    /// <summary>The row of the new device, or null when another row has its UEID, kid or key.</summary>
    public long? TryInsert(DbConnection connection, DbTransaction transaction, EnrolmentRecord record, byte[]? keyMark, byte[] credentialHash, long now) => connection.ExecuteScalar<long?>(
        """
        INSERT INTO devices (ueid, kid, key_kind, key, key_mark, credential_hash, oem_id, class, strength, freshness, manufacturer, owner, enrolled_at)
        VALUES (@UeidBytes, @kid, @kind, @key, @keyMark, @credentialHash, @oemId, @classId, @strength, @freshness, @manufacturer, @Owner, @now)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        new
        {
            record.UeidBytes,
            kid = (long)record.Identity.Kid,
            kind = (long)record.Key.Kind,
            key = ToColumn(record.Key, record.UeidBytes),
            keyMark,
            credentialHash,
            oemId = record.Identity.OemId.ToString(),
            classId = record.Identity.ClassId.ToByteArray(bigEndian: true),
            strength = (long)record.Identity.Strength,
            freshness = (long)record.Identity.Freshness,
            manufacturer = record.Identity.Manufacturer,
            record.Owner,
            now,
        },
        transaction);

    /// <summary>The rows of new devices in their order, null for each that another row stands in the way of. No UEID may be there twice.</summary>
    public long?[] InsertAll(DbConnection connection, DbTransaction transaction, IReadOnlyList<NewDevice> devices, long now)
    {
        if (connection is not PostgresConnection)
        {
            return [.. devices.Select(device => TryInsert(connection, transaction, device.Record, device.KeyMark, device.CredentialHash, now))];
        }

        Dictionary<string, long> rows = DeviceBulkInsert.Run(connection, transaction, devices, device => ToColumn(device.Record.Key, device.Record.UeidBytes), now);
        return [.. devices.Select(device => rows.TryGetValue(device.Record.Identity.Ueid, out long id) ? id : (long?)null)];
    }

    public void UpdateKey(DbConnection connection, DbTransaction transaction, long id, byte[] ueid, EnrolledKey key, byte[]? keyMark, byte[] credentialHash) => connection.Execute(
        "UPDATE devices SET kid = @kid, key_kind = @kind, key = @column, key_mark = @keyMark, credential_hash = @credentialHash WHERE id = @id",
        new { id, kid = (long)key.Kid.Value, kind = (long)key.Kind, column = ToColumn(key, ueid), keyMark, credentialHash },
        transaction);

    public static void UpdateHold(DbConnection connection, DbTransaction transaction, long id, DeviceHold hold) =>
        connection.Execute("UPDATE devices SET hold = @hold WHERE id = @id", new { id, hold = (long)hold }, transaction);

    public static void UpdateOwner(DbConnection connection, DbTransaction transaction, long id, string owner) =>
        connection.Execute("UPDATE devices SET owner = @owner, fleet_group = CASE WHEN owner IS NOT DISTINCT FROM @owner THEN fleet_group END WHERE id = @id", new { id, owner }, transaction);

    /// <summary>HMAC secret or SubjectPublicKeyInfo from the column.</summary>
    public byte[] ToKeyMaterial(DeviceRow row) => row.KeyKind == (long)DeviceKeyKind.Hmac ? box.Unwrap(row.Key, row.Ueid) : row.Key;

    private byte[] ToColumn(EnrolledKey key, byte[] ueid) => key.Kind == DeviceKeyKind.Hmac ? box.Wrap(key.Material, ueid) : key.Material;
}
