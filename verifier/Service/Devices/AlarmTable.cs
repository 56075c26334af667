using System.Data.Common;
using Dapper;

namespace IotAttest.Service.Devices;

/// <summary>Alarms of boards out of service in the database; a row only for boards that raised one.</summary>
internal static class AlarmTable
{
    public static IEnumerable<(string Ueid, AlarmCounter Alarms)> All(DbConnection connection) => connection
        .Query<(byte[] Ueid, long Count, long LastAt, long ToldAt)>("SELECT d.ueid, a.count, a.last_at, a.told_at FROM device_alarms a JOIN devices d ON d.id = a.device_id")
        .Select(ToAlarms);

    /// <summary>Those of devices that changed after a batch of a shared store.</summary>
    public static IEnumerable<(string Ueid, AlarmCounter Alarms)> Since(DbConnection connection, DbTransaction transaction, long since) => connection
        .Query<(byte[] Ueid, long Count, long LastAt, long ToldAt)>(
            "SELECT d.ueid, a.count, a.last_at, a.told_at FROM device_alarms a JOIN devices d ON d.id = a.device_id WHERE d.batch > @since", new { since }, transaction)
        .Select(ToAlarms);

    public static void Write(DbConnection connection, DbTransaction transaction, long deviceId, AlarmCounter alarms, string detail) => connection.Execute(
        """
        INSERT INTO device_alarms (device_id, count, last_at, told_at, detail) VALUES (@deviceId, @Count, @lastAt, @toldAt, @detail)
        ON CONFLICT (device_id) DO UPDATE SET count = excluded.count, last_at = excluded.last_at, told_at = excluded.told_at, detail = excluded.detail
        """,
        new { deviceId, alarms.Count, lastAt = alarms.LastAt!.Value.ToUnixTimeMilliseconds(), toldAt = alarms.ToldAt!.Value.ToUnixTimeMilliseconds(), detail },
        transaction);

    private static (string Ueid, AlarmCounter Alarms) ToAlarms((byte[] Ueid, long Count, long LastAt, long ToldAt) row) =>
        (Convert.ToHexStringLower(row.Ueid), new AlarmCounter(row.Count, DateTimeOffset.FromUnixTimeMilliseconds(row.LastAt), DateTimeOffset.FromUnixTimeMilliseconds(row.ToldAt)));
}
