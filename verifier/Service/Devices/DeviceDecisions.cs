using IotAttest.Domain.Devices;
using IotAttest.Protocol;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Devices;

/// <summary>What people decide about a device; each decision says who and why in the history.</summary>
internal sealed class DeviceDecisions(StoreWriter writer, DeviceDirectory directory, DeviceTable table, DeviceStateTable states, VerdictSource verdicts)
{
    /// <summary>Ends an identity conflict: the next evidence makes the new baseline.</summary>
    /// <exception cref="ProblemException">The device is out of service.</exception>
    public Task<DeviceEntry> ClearAsync(DeviceEntry device, Caller caller, string reason, CancellationToken cancellation) =>
        DecideAsync(device, state => Fresh(state) with { Facts = Fresh(state).Facts with { HasIdentityConflict = false } }, $"clear by {caller.Name}: {reason}", cancellation);

    /// <summary>Takes a device out of service for ever; once more changes nothing.</summary>
    public Task<DeviceEntry> DecommissionAsync(DeviceEntry device, Caller caller, string reason, CancellationToken cancellation) => device.State.Facts.IsDecommissioned
        ? Task.FromResult(device)
        : DecideAsync(device, state => InService(state) with { Facts = state.Facts with { IsDecommissioned = true } }, $"decommission by {caller.Name}: {reason}", cancellation);

    /// <summary>Gives a device another key; an identity conflict stays until it is cleared.</summary>
    /// <exception cref="ProblemException">The key is taken, or the device is out of service.</exception>
    public async Task<DeviceEntry> RekeyAsync(DeviceEntry device, EnrolledKey key, Caller caller, string reason, CancellationToken cancellation)
    {
        RekeyJob job = new(device, directory, (connection, transaction, old) => Rekey(connection, transaction, old, key, $"rekey by {caller.Name}: {reason}"));
        await writer.PostAsync(job, cancellation);
        return await job.Completion;
    }

    private async Task<DeviceEntry> DecideAsync(DeviceEntry device, Func<DeviceState, DeviceState> decide, string cause, CancellationToken cancellation)
    {
        DecisionJob job = new(device, decide, (connection, transaction, entry, state) => Save(connection, transaction, entry, state, cause));
        await writer.PostAsync(job, cancellation);
        return await job.Completion;
    }

    /// <summary>Counters start anew; the freshness that was spent stays spent.</summary>
    private static DeviceState Fresh(DeviceState state) =>
        InService(state) with { Baseline = null, Facts = state.Facts with { HighestSecurityVersion = 0 } };

    private static DeviceState InService(DeviceState state) => state.Facts.IsDecommissioned
        ? throw Refuse.Conflict("a board out of service", "a board in service", "Enrol the board anew, with a new UEID and key.")
        : state;

    private DeviceState Save(SqliteConnection connection, SqliteTransaction transaction, DeviceEntry device, DeviceState state, string cause)
    {
        DeviceState shown = state with { Shown = HistoryMark.Of(verdicts.Of(device, state)) };
        states.WriteDecision(connection, transaction, device, shown, cause);
        return shown;
    }

    private DeviceEntry Rekey(SqliteConnection connection, SqliteTransaction transaction, DeviceEntry old, EnrolledKey key, string cause)
    {
        byte[] ueid = Ueid.FromHex(old.Identity.Ueid)!;
        byte[]? mark = table.MarkOf(key);
        DeviceState state = Fresh(old.Newest);
        RequireOther(old, DeviceTable.FindRivals(connection, transaction, ueid, key.Kid.Value, mark), key, mark);
        table.UpdateKey(connection, transaction, old.RowId, ueid, key, mark);
        DeviceIdentity identity = old.Identity with { Kid = key.Kid.Value, KeyKind = key.Kind };
        DeviceEntry next = new(old.RowId, identity, key.Material, old.CredentialHash, old.State) { Owner = old.Owner };
        next.Stage(Save(connection, transaction, next, state, cause));
        return next;
    }

    private static void RequireOther(DeviceEntry old, List<DeviceRow> rivals, EnrolledKey key, byte[]? mark)
    {
        if (rivals.Exists(row => row.Id != old.RowId))
        {
            throw Enrolment.KeyTaken();
        }

        DeviceRow own = rivals.Single();
        bool isSame = mark is null ? own.Kid == (long)key.Kid.Value : own.KeyMark.AsSpan().SequenceEqual(mark);
        if (isSame)
        {
            throw Refuse.Conflict("the key the board has", "another key", "Make a new random key for this board.");
        }
    }
}
