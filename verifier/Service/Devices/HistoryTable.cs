using System.Data.Common;
using System.Globalization;
using Dapper;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Devices;

/// <summary>What happened to a device: one row for each change of its verdict and each decision of a person.</summary>
internal static class HistoryTable
{
    private const string Copied = "as_of, conformity, drift, conditions, appraisal_id";

    /// <summary>Writes what leaves the verdict as it is: the appraisal of the row before stands for this one too.</summary>
    public static void Insert(DbConnection connection, DbTransaction transaction, long deviceId, DeviceState state, string cause, long now)
    {
        int copied = connection.Execute(
            $"INSERT INTO device_history (device_id, at, appraised_at, cause, {Copied}) SELECT device_id, @now, coalesce(appraised_at, at), @cause, {Copied} FROM device_history WHERE device_id = @deviceId ORDER BY seq DESC LIMIT 1",
            new { deviceId, now, cause },
            transaction);
        if (copied == 0)
        {
            connection.Execute(
                "INSERT INTO device_history (device_id, at, conformity, drift, conditions, cause) VALUES (@deviceId, @now, @conformity, @drift, @conditions, @cause)",
                new { deviceId, now, conformity = (long)state.Shown.Conformity, drift = (long)state.Shown.Drift, conditions = (long)state.Shown.Conditions, cause },
                transaction);
        }
    }

    /// <summary>A page of a device's history, newest first.</summary>
    public static HistoryPage List(DbConnection connection, long deviceId, Paging paging)
    {
        List<Row> rows = connection.Query<Row>(
            """
            SELECT h.seq, h.at, h.as_of AS AsOf, h.conformity, h.drift, a.build, coalesce(a.policy, '') AS Policy, h.conditions, coalesce(a.advisories, '') AS Advisories, a.set_hash AS SetHash, h.cause
            FROM device_history h LEFT JOIN appraisals a ON a.id = h.appraisal_id
            WHERE h.device_id = @deviceId AND h.seq < @before ORDER BY h.seq DESC LIMIT @Limit
            """,
            new { deviceId, before = paging.Cursor ?? long.MaxValue, paging.Limit }).AsList();
        return new HistoryPage([.. rows.Select(row => row.ToView())], rows.Count == paging.Limit ? Paging.CursorOf(rows[^1].Seq) : null);
    }

    private sealed class Row
    {
        public long Seq { get; init; }

        public long At { get; init; }

        public long? AsOf { get; init; }

        public long Conformity { get; init; }

        public long Drift { get; init; }

        public string? Build { get; init; }

        public string Policy { get; init; } = "";

        public long Conditions { get; init; }

        public string Advisories { get; init; } = "";

        public string? SetHash { get; init; }

        public string Cause { get; init; } = "";

        public HistoryItem ToView() => new(
            Seq.ToString(CultureInfo.InvariantCulture),
            UtcText.OfMs(At),
            UtcText.OfMs(AsOf),
            ((Conformity)Conformity).ToString(),
            ((Drift)Drift).Words(),
            ((Conditions)Conditions).Words(),
            HistoryMark.ListIn(Advisories),
            Build,
            Policy.Split(' ')[0],
            HistoryMark.ListIn(Policy),
            SetHash,
            Cause);
    }
}
