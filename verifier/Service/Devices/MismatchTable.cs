using System.Data.Common;
using Dapper;
using IotAttest.Domain.Devices;

namespace IotAttest.Service.Devices;

/// <summary>Identity claims that differ from enrolment; a row only for boards that sent some. Only read while the board's last evidence has a mismatch.</summary>
internal static class MismatchTable
{
    public static ReportedIdentity? Find(DbConnection connection, long deviceId) => connection
        .Query<(string OemId, byte[] Class)>("SELECT oem_id, class FROM device_mismatches WHERE device_id = @deviceId", new { deviceId })
        .Select(row => new ReportedIdentity(OemId.Parse(row.OemId)!, new Guid(row.Class, bigEndian: true)))
        .FirstOrDefault();

    public static void Write(DbConnection connection, DbTransaction transaction, long deviceId, ReportedIdentity reported) => connection.Execute(
        "INSERT INTO device_mismatches (device_id, oem_id, class) VALUES (@deviceId, @oemId, @classId) ON CONFLICT (device_id) DO UPDATE SET oem_id = excluded.oem_id, class = excluded.class",
        new { deviceId, oemId = reported.OemId.ToString(), classId = reported.ClassId.ToByteArray(bigEndian: true) },
        transaction);
}
