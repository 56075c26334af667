using System.Data.Common;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>Stores many devices in one question to PostgreSQL: a question for each costs a way to the server and back, and 20,000 of these take minutes where either side is busy.</summary>
internal static class DeviceBulkInsert
{
    // In the order of the lines: of two with one key the first gets it, as if they had come alone.
    private const string Text = """
        INSERT INTO devices (ueid, kid, key_kind, key, key_mark, credential_hash, oem_id, class, strength, freshness, manufacturer, owner, enrolled_at)
        SELECT n.ueid, n.kid, n.kind, n.key, n.mark, n.hash, n.oem, n.class, n.strength, n.freshness, n.manufacturer, n.owner, @now
        FROM unnest(@ueid, @kid, @kind, @key, @mark, @hash, @oem, @class, @strength, @freshness, @manufacturer, @owner) WITH ORDINALITY
            AS n (ueid, kid, kind, key, mark, hash, oem, class, strength, freshness, manufacturer, owner, place)
        ORDER BY n.place
        ON CONFLICT DO NOTHING RETURNING id, ueid
        """;

    /// <summary>The rows by UEID; without those that stand in the way of a row that was there, or of one before them. No UEID may be there twice.</summary>
    public static Dictionary<string, long> Run(DbConnection connection, DbTransaction transaction, IReadOnlyList<NewDevice> devices, Func<NewDevice, byte[]> keyColumn, long now)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = Text;
        command.Transaction = transaction;
        void Set<T>(string name, Func<NewDevice, T> value) => command.AddParameter(name).Value = devices.Select(value).ToArray();
        Set("@ueid", device => device.Record.UeidBytes);
        Set("@kid", device => (long)device.Record.Identity.Kid);
        Set("@kind", device => (long)device.Record.Key.Kind);
        Set("@key", keyColumn);
        Set("@mark", device => device.KeyMark);
        Set("@hash", device => device.CredentialHash);
        Set("@oem", device => device.Record.Identity.OemId.ToString());
        Set("@class", device => device.Record.Identity.ClassId.ToByteArray(bigEndian: true));
        Set("@strength", device => (long)device.Record.Identity.Strength);
        Set("@freshness", device => (long)device.Record.Identity.Freshness);
        Set("@manufacturer", device => device.Record.Identity.Manufacturer);
        Set("@owner", device => device.Record.Owner);
        command.AddParameter("@now").Value = now;

        Dictionary<string, long> rows = new(devices.Count, StringComparer.Ordinal);
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(Convert.ToHexStringLower((byte[])reader.GetValue(1)), reader.GetInt64(0));
        }

        return rows;
    }
}
