using Dapper;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Hosting;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Devices;

/// <summary>What happened to a device: one row for each change of its verdict and each decision of a person.</summary>
internal static class HistoryTable
{
    public static void Insert(SqliteConnection connection, SqliteTransaction transaction, long deviceId, DeviceState state, string cause, long now) => connection.Execute(
        """
        INSERT INTO device_history (device_id, at, as_of, conformity, drift, build, policy, conditions, advisories, set_hash, cause)
        VALUES (@deviceId, @now, @asOf, @conformity, @drift, @build, @policy, @conditions, @advisories, @setHash, @cause)
        """,
        new
        {
            deviceId,
            now,
            asOf = state.Facts.AsOf?.ToUnixTimeMilliseconds(),
            conformity = (long)state.Shown.Conformity,
            drift = (long)state.Shown.Drift,
            build = state.Shown.Build,
            policy = state.Shown.PolicyId,
            conditions = (long)state.Shown.Conditions,
            advisories = state.Shown.Advisories,
            setHash = state.Facts.Measured?.Hash,
            cause,
        },
        transaction);

    /// <summary>A page of a device's history, newest first.</summary>
    public static HistoryPage List(SqliteConnection connection, long deviceId, Paging paging)
    {
        List<Row> rows = connection.Query<Row>(
            """
            SELECT seq, at, as_of AS AsOf, conformity, drift, build, policy, conditions, advisories, set_hash AS SetHash, cause FROM device_history
            WHERE device_id = @deviceId AND seq < @before ORDER BY seq DESC LIMIT @Limit
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
            UtcText.OfMs(At), UtcText.OfMs(AsOf), ((Conformity)Conformity).ToString(), ((Drift)Drift).Words(), ((Conditions)Conditions).Words(), HistoryMark.AdvisoriesIn(Advisories), Build, Policy, SetHash, Cause);
    }
}
