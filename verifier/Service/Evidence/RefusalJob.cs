using System.Data.Common;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Devices;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Evidence;

/// <summary>Counts a refusal beside the verdict of the board that sent it; durable before the board is told.</summary>
internal sealed class RefusalJob(DeviceEntry found, RefusalCode code, DeviceStateTable states) : StoreJob
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DeviceEntry? _device;
    private RefusalCounter _before = RefusalCounter.None;

    public Task Completion => _completion.Task;

    public override bool NeedsSavepoint => false;

    public override void Run(DbConnection connection, DbTransaction transaction)
    {
        _device = found.Current;
        _before = _device.Refusals;
        _device.CountRefusal(code);
        states.WriteRefusals(connection, transaction, _device);
    }

    public override void Committed() => _completion.TrySetResult();

    public override void Failed(Exception cause)
    {
        _device?.RestoreRefusals(_before);
        _completion.TrySetException(cause);
    }
}
