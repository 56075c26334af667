using System.Data.Common;
using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.DeviceCertificates;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>What people decide about a device; each decision says who and why in the history.</summary>
internal sealed class DeviceDecisions(StoreWriter writer, DeviceDirectory directory, DeviceStateTable states, VerdictSource verdicts)
{
    /// <summary>Ends an identity conflict: the next evidence makes the new baseline.</summary>
    /// <exception cref="ProblemException">The device is out of service.</exception>
    public Task<DeviceEntry> ClearAsync(DeviceEntry device, Caller caller, string reason, CancellationToken cancellation) =>
        DecideAsync(device, state => Fresh(state) with { Facts = Fresh(state).Facts with { HasIdentityConflict = false } }, $"clear by {caller.Name}: {reason}", cancellation);

    /// <summary>Takes a device out of service for ever; once more changes nothing.</summary>
    public Task<DeviceEntry> DecommissionAsync(DeviceEntry device, Caller caller, string reason, CancellationToken cancellation) => device.State.Facts.IsDecommissioned
        ? Task.FromResult(device)
        : DecideAsync(device, state => InService(state) with { Facts = state.Facts with { IsDecommissioned = true } }, $"decommission by {caller.Name}: {reason}", cancellation);

    /// <summary>Holds a board back, or lets it go again.</summary>
    /// <exception cref="ProblemException">The step is not possible now, or the certificate of the board's key is revoked.</exception>
    public Task<DeviceEntry> StepAsync(DeviceEntry device, DeviceStep step, Caller caller, string reason, CancellationToken cancellation) =>
        PostAsync(JobOf(device, step, $"{step.Word()} by {caller.Name}: {reason}"), cancellation);

    /// <summary>Quarantines a board that is known and free; any other stays as it is.</summary>
    public Task QuarantineAsync(string ueid, string cause, CancellationToken cancellation) =>
        directory.TryFindByUeid(ueid, out DeviceEntry? device) && device.State.Life.After(DeviceStep.Quarantine) is not null
            ? PostAsync(JobOf(device, DeviceStep.Quarantine, cause), cancellation)
            : Task.CompletedTask;

    /// <summary>The change that takes a step, for a larger change of the store that has it run.</summary>
    public DecisionJob JobOf(DeviceEntry device, DeviceStep step, string cause) => new(
        device,
        state => Take(state, step),
        (connection, transaction, entry, state) =>
        {
            RequireNotRevoked(connection, transaction, entry, step);
            DeviceTable.UpdateHold(connection, transaction, entry.RowId, state.Hold);
            return Save(connection, transaction, entry, state, cause);
        });

    private static DeviceState Take(DeviceState state, DeviceStep step) => InService(state).Life.After(step) is { } next
        ? state with { Hold = next.Hold }
        : throw Refuse.Conflict($"a board that is {state.Life.Stage}", $"a board that can be {step.Done()}", "Look at \"lifecycle\" of the board: each step ends by its counterpart alone.");

    // Whoever released it would have gates trust a key that its maker disowned.
    private static void RequireNotRevoked(DbConnection connection, DbTransaction transaction, DeviceEntry device, DeviceStep step)
    {
        if (step == DeviceStep.Release && DeviceCertificateTable.IsRevoked(connection, transaction, device.RowId, device.Identity.Kid))
        {
            throw Refuse.Conflict("a board whose device certificate is revoked", "a board with a key that is not revoked", "Rekey the board first, or decommission it.");
        }
    }

    private Task<DeviceEntry> DecideAsync(DeviceEntry device, Func<DeviceState, DeviceState> decide, string cause, CancellationToken cancellation) =>
        PostAsync(new DecisionJob(device, decide, (connection, transaction, entry, state) => Save(connection, transaction, entry, state, cause)), cancellation);

    private async Task<DeviceEntry> PostAsync(DecisionJob job, CancellationToken cancellation)
    {
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
    public DeviceState Save(DbConnection connection, DbTransaction transaction, DeviceEntry device, DeviceState state, string cause)
    {
        DeviceState shown = state with { Shown = HistoryMark.Of(verdicts.Of(device, state)) };
        states.WriteDecision(connection, transaction, device, shown, cause);
        return shown;
    }
}
