using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Devices;

/// <summary>What people decide about a device; each decision says who and why in the history.</summary>
internal sealed class DeviceDecisions(StoreWriter writer, DeviceStateTable states, VerdictSource verdicts)
{
    /// <summary>Ends an identity conflict: the next evidence makes the new baseline.</summary>
    /// <exception cref="ProblemException">The device is out of service.</exception>
    public Task<DeviceEntry> ClearAsync(DeviceEntry device, Caller caller, string reason, CancellationToken cancellation) =>
        DecideAsync(device, state => Fresh(state) with { Facts = Fresh(state).Facts with { HasIdentityConflict = false } }, $"clear by {caller.Name}: {reason}", cancellation);

    /// <summary>Takes a device out of service for ever; once more changes nothing.</summary>
    public Task<DeviceEntry> DecommissionAsync(DeviceEntry device, Caller caller, string reason, CancellationToken cancellation) => device.State.Facts.IsDecommissioned
        ? Task.FromResult(device)
        : DecideAsync(device, state => InService(state) with { Facts = state.Facts with { IsDecommissioned = true } }, $"decommission by {caller.Name}: {reason}", cancellation);

    private async Task<DeviceEntry> DecideAsync(DeviceEntry device, Func<DeviceState, DeviceState> decide, string cause, CancellationToken cancellation)
    {
        DecisionJob job = new(device, decide, (connection, transaction, entry, state) => Save(connection, transaction, entry, state, cause));
        await writer.PostAsync(job, cancellation);
        return await job.Completion;
    }

    /// <summary>Counters start anew; the freshness that was spent stays spent.</summary>
    public static DeviceState Fresh(DeviceState state) =>
        InService(state) with { Baseline = null, Facts = state.Facts with { HighestSecurityVersion = 0 } };

    private static DeviceState InService(DeviceState state) => state.Facts.IsDecommissioned
        ? throw Refuse.Conflict("a board out of service", "a board in service", "Enrol the board anew, with a new UEID and key.")
        : state;

    /// <summary>Writes a decision with its history row.</summary>
    /// <returns>The state with what it shows now.</returns>
    public DeviceState Save(SqliteConnection connection, SqliteTransaction transaction, DeviceEntry device, DeviceState state, string cause)
    {
        DeviceState shown = state with { Shown = HistoryMark.Of(verdicts.Of(device, state)) };
        states.WriteDecision(connection, transaction, device, shown, cause);
        return shown;
    }
}
