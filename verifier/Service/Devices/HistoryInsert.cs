using System.Data.Common;
using IotAttest.Service.Appraisals;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>The prepared statement that writes a verdict with what it was computed from; its parameters are made once. A change of one certificate may write one for
/// every board.</summary>
internal sealed class HistoryInsert : IDisposable
{
    private static readonly string[] Columns =
    [
        "device_id", "at", "as_of", "appraised_at", "conformity", "drift", "conditions", "cause", "appraisal_id", "boot_count", "evidence_hash",
    ];

    private readonly DbCommand _command;
    private readonly DbParameter[] _parameters;

    public HistoryInsert(DbConnection connection)
    {
        _command = connection.CreateCommand();
        _command.CommandText = $"INSERT INTO device_history ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(column => "@" + column))}) RETURNING seq";
        _parameters = [.. Columns.Select(column => _command.AddParameter("@" + column))];
    }

    /// <param name="transaction">The running transaction.</param>
    /// <param name="device">The board.</param>
    /// <param name="state">What it shows.</param>
    /// <param name="appraisal">What that was computed from.</param>
    /// <param name="cause">Why it shows something else.</param>
    /// <param name="isNewEvidence">The last evidence is not that of the row before.</param>
    /// <param name="now">Milliseconds since 1970 (UTC).</param>
    /// <returns>The row.</returns>
    public long Execute(DbTransaction transaction, DeviceEntry device, DeviceState state, RecordedAppraisal appraisal, string cause, bool isNewEvidence, long now)
    {
        int at = 0;
        Set(ref at, device.RowId);
        Set(ref at, now);
        Set(ref at, state.Facts.AsOf?.ToUnixTimeMilliseconds());
        Set(ref at, appraisal.AtMs == now ? null : appraisal.AtMs);
        Set(ref at, (long)state.Shown.Conformity);
        Set(ref at, (long)state.Shown.Drift);
        Set(ref at, (long)state.Shown.Conditions);
        Set(ref at, cause);
        Set(ref at, appraisal.Id);
        Set(ref at, isNewEvidence ? (long?)state.Baseline?.BootCount : null);
        Set(ref at, isNewEvidence ? state.EvidenceHash : null);
        _command.Transaction = transaction;
        return (long)_command.ExecuteScalar()!;
    }

    public void Dispose() => _command.Dispose();

    private void Set(ref int at, object? value) => _parameters[at++].Value = value ?? DBNull.Value;
}
