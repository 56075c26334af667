using System.Data.Common;
using Dapper;
using IotAttest.Domain.Devices.Certificates;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>Which boards were enrolled with which certificates, and which of these are revoked.</summary>
internal static class DeviceCertificateTable
{
    /// <summary>Keeps the certificates of a board's chain; those that are known stay as they are.</summary>
    public static void Insert(DbConnection connection, DbTransaction transaction, DeviceCertificate device, ulong kid, string ca) => connection.Execute(
        """
        INSERT INTO device_certificates (device_id, kid, ca_id, issuer_key, serial)
        SELECT id, @kid, @ca, @issuerKey, @serial FROM devices WHERE ueid = @ueid
        ON CONFLICT DO NOTHING
        """,
        device.Issued.Select(each => new
        {
            ueid = Convert.FromHexString(device.Ueid),
            kid = (long)kid,
            ca,
            issuerKey = Convert.FromHexString(each.IssuerKey),
            serial = Convert.FromHexString(each.Serial),
        }),
        transaction);

    /// <summary>Marks what a list newly revokes.</summary>
    /// <returns>UEIDs of the boards whose present key is concerned.</returns>
    public static string[] Revoke(DbConnection connection, DbTransaction transaction, string ca, string issuerKey, RevocationList list, long now)
    {
        byte[] issuer = Convert.FromHexString(issuerKey);
        byte[][] listed = [.. connection
            .Query<byte[]>("SELECT DISTINCT serial FROM device_certificates WHERE issuer_key = @issuer AND ca_id = @ca AND revoked_at IS NULL", new { issuer, ca }, transaction)
            .Where(serial => list.Lists(Convert.ToHexStringLower(serial)))];
        return [.. listed.SelectMany(serial => Revoke(connection, transaction, ca, issuer, serial, now)).Distinct()];
    }

    /// <summary>True when a certificate of the board's present key is revoked.</summary>
    public static bool IsRevoked(DbConnection connection, DbTransaction transaction, long deviceId, ulong kid) => connection.ExecuteScalar<long>(
        "SELECT count(*) FROM device_certificates WHERE device_id = @deviceId AND kid = @kid AND revoked_at IS NOT NULL", new { deviceId, kid = (long)kid }, transaction) > 0;

    private static List<string> Revoke(DbConnection connection, DbTransaction transaction, string ca, byte[] issuer, byte[] serial, long now)
    {
        object key = new { ca, issuer, serial, now };
        connection.Execute("UPDATE device_certificates SET revoked_at = @now WHERE ca_id = @ca AND issuer_key = @issuer AND serial = @serial AND revoked_at IS NULL", key, transaction);
        return connection
            .Query<byte[]>(
                "SELECT d.ueid FROM device_certificates c JOIN devices d ON d.id = c.device_id AND d.kid = c.kid WHERE c.ca_id = @ca AND c.issuer_key = @issuer AND c.serial = @serial", key, transaction)
            .Select(Convert.ToHexStringLower)
            .AsList();
    }
}
