using System.Data.Common;
using Dapper;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Appraisals;

namespace IotAttest.Service.Devices;

/// <summary>Writes device state: one row per device in place, a history row only when what people see changes.</summary>
/// <remarks>Used on the writer thread only. The update is prepared once: it is the one statement of the evidence path.</remarks>
internal sealed class DeviceStateTable(MeasuredSetTable sets, ReappraisalQueue queue, AppraisalRecorder recorder, TimeProvider clock) : IDisposable
{
    private readonly List<string> _addedSets = [];
    private DeviceStateUpdate? _update;
    private ShownUpdate? _shown;
    private HistoryInsert? _history;

    /// <summary>Writes <paramref name="next"/> over <paramref name="last"/>.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="transaction">The running transaction.</param>
    /// <param name="device">The device.</param>
    /// <param name="last">State before.</param>
    /// <param name="next">State after.</param>
    /// <param name="cause">Why, for the history.</param>
    public void Write(DbConnection connection, DbTransaction transaction, DeviceEntry device, DeviceState last, DeviceState next, string cause)
    {
        WriteState(connection, transaction, device, next);
        WriteUnknownSets(connection, transaction, device, last, next);
        if (last.Shown != next.Shown)
        {
            WriteHistory(connection, transaction, device, next, cause, isNewEvidence: true);
        }

        Note(device, last, next);
    }

    /// <summary>Writes an appraisal without new evidence: what the board shows and the causes that stay, nothing else can have changed.</summary>
    public void WriteShown(DbConnection connection, DbTransaction transaction, DeviceEntry device, DeviceState last, DeviceState next, string cause)
    {
        WriteUnknownSets(connection, transaction, device, last, next);
        if (last.Shown != next.Shown)
        {
            _shown ??= new ShownUpdate(connection);
            _shown.Execute(transaction, device.RowId, next.Shown);
            WriteHistory(connection, transaction, device, next, cause, isNewEvidence: false);
        }

        Note(device, last, next);
    }

    /// <summary>Writes what a person decided, with a history row whether or not the verdict changed. The sets a device showed stay.</summary>
    public void WriteDecision(DbConnection connection, DbTransaction transaction, DeviceEntry device, DeviceState next, string cause)
    {
        WriteState(connection, transaction, device, next);
        WriteHistory(connection, transaction, device, next, cause, isNewEvidence: true);
        queue.Note(device, next);
    }

    /// <summary>Writes the refusals counted beside a verdict that stands.</summary>
    public void WriteRefusals(DbConnection connection, DbTransaction transaction, DeviceEntry device) =>
        WriteState(connection, transaction, device, device.Newest);

    /// <summary>The set as memory holds it for every board that reports it; the given one while it is new.</summary>
    public MeasuredSet Shared(MeasuredSet measured) => sets.Find(measured.Hash) ?? measured;

    /// <summary>What memory learned in the transaction is durable now.</summary>
    public void Settle() => _addedSets.Clear();

    /// <summary>Takes back what memory learned in a transaction that failed.</summary>
    public void Reset()
    {
        sets.Forget(_addedSets);
        recorder.Reset();
        _addedSets.Clear();
    }

    public void Dispose()
    {
        _update?.Dispose();
        _shown?.Dispose();
        _history?.Dispose();
    }

    // Whoever follows groups of boards and their silence must hear of a board that changed its group, or shows something else now.
    private void Note(DeviceEntry device, DeviceState last, DeviceState next)
    {
        if (last.Shown != next.Shown || !FleetGroup.IsSame(last.Facts, next.Facts))
        {
            queue.Note(device, next);
        }
    }

    private void WriteHistory(DbConnection connection, DbTransaction transaction, DeviceEntry device, DeviceState next, string cause, bool isNewEvidence)
    {
        DateTimeOffset now = clock.GetUtcNow();
        _history ??= new HistoryInsert(connection);
        RecordedAppraisal appraisal = recorder.Record(connection, transaction, device, next, now);
        device.StageAppraisal(_history.Execute(transaction, device, next, appraisal, cause, isNewEvidence, now.ToUnixTimeMilliseconds()));
    }

    private void WriteState(DbConnection connection, DbTransaction transaction, DeviceEntry device, DeviceState next)
    {
        long? setId = next.Facts.Measured is { } measured ? sets.FindOrAdd(connection, transaction, measured, _addedSets).Id : null;
        _update ??= new DeviceStateUpdate(connection);
        _update.Execute(transaction, device, next, setId);
    }

    private static void WriteUnknownSets(DbConnection connection, DbTransaction transaction, DeviceEntry device, DeviceState last, DeviceState next)
    {
        if (last.Facts.UnknownSets.SequenceEqual(next.Facts.UnknownSets))
        {
            return;
        }

        connection.Execute("DELETE FROM device_unknown_sets WHERE device_id = @RowId", new { device.RowId }, transaction);
        connection.Execute(
            "INSERT INTO device_unknown_sets (device_id, set_hash) VALUES (@RowId, @Hash)",
            next.Facts.UnknownSets.Select(hash => new { device.RowId, Hash = hash }),
            transaction);
    }
}
