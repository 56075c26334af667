using IotAttest.Domain.Appraisal;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Devices;

/// <summary>Appraises one board again, from the facts at hand.</summary>
internal sealed class ReappraisalJob(DeviceEntry found, VerdictSource verdicts, DeviceStateTable states, string cause) : StoreJob
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DeviceEntry? _device;

    public Task Completion => _completion.Task;

    public override bool NeedsSavepoint => false;

    public override void Run(SqliteConnection connection, SqliteTransaction transaction)
    {
        // A rekey may have come first: then the new entry counts.
        DeviceEntry device = found.Current;
        _device = device;
        DeviceState state = device.Newest;
        DeviceFacts facts = StickyCauses.Update(state.Facts, device.Identity.ClassId, verdicts.ReferenceOf(device), state.Facts.Measured);
        DeviceState next = state with { Facts = facts };
        next = next with { Shown = HistoryMark.Of(verdicts.Of(device, next)) };
        if (next != state)
        {
            states.Write(connection, transaction, device, state, next, cause);
            device.Stage(next);
        }
    }

    public override void Committed()
    {
        _device!.Publish();
        states.Settle();
        _completion.TrySetResult();
    }

    public override void Failed(Exception cause)
    {
        _device?.Drop();
        states.Reset();
        _completion.TrySetException(cause);
    }
}
