using System.Data.Common;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>Puts a new entry with the new key in the place of a device's entry.</summary>
internal sealed class RekeyJob(
    DeviceEntry found, DeviceDirectory directory, Func<DbConnection, DbTransaction, DeviceEntry, DeviceEntry> rekey) : StoreJob
{
    private readonly TaskCompletionSource<DeviceEntry> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DeviceEntry? _old;

    public Task<DeviceEntry> Completion => _completion.Task;

    public override void Run(DbConnection connection, DbTransaction transaction)
    {
        DeviceEntry old = found.Current;

        // Set last, on this thread: jobs behind this one in the same transaction must not accept the old key any more.
        old.Replacement = rekey(connection, transaction, old);
        _old = old;
    }

    public override void Committed()
    {
        DeviceEntry next = _old!.Replacement!;
        next.Publish();
        next.RestoreRefusals(_old.Refusals);

        // An enrolment earlier in the same transaction may have changed the owner meanwhile.
        next.Owner = _old.Owner;
        next.Group = _old.Group;
        directory.Put(next);
        _completion.TrySetResult(next);
    }

    public override void Failed(Exception cause)
    {
        if (_old is not null)
        {
            _old.Replacement = null;
        }

        _completion.TrySetException(cause);
    }
}
