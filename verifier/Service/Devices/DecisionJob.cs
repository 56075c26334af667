using System.Data.Common;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>A person's decision about one device: state and history change in one transaction.</summary>
internal sealed class DecisionJob(
    DeviceEntry found, Func<DeviceState, DeviceState> decide, Func<DbConnection, DbTransaction, DeviceEntry, DeviceState, DeviceState> save) : StoreJob
{
    private readonly TaskCompletionSource<DeviceEntry> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DeviceEntry? _staged;

    public Task<DeviceEntry> Completion => _completion.Task;

    public override void Run(DbConnection connection, DbTransaction transaction)
    {
        DeviceEntry device = found.Current;
        DeviceState next = save(connection, transaction, device, decide(device.Newest));

        // Staged last: what throws above leaves nothing behind.
        device.Stage(next);
        _staged = device;
    }

    public override void Committed()
    {
        _staged!.Publish();
        _completion.TrySetResult(_staged);
    }

    public override void Failed(Exception cause)
    {
        _staged?.Drop();
        _completion.TrySetException(cause);
    }
}
