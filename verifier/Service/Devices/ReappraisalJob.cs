using System.Data.Common;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Appraisals;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>Appraises some boards again, from the facts at hand, and writes those that changed.</summary>
internal sealed class ReappraisalJob(IReadOnlyList<DeviceEntry> found, VerdictSource verdicts, DeviceStateTable states, string cause, TimeProvider clock) : StoreJob
{
    /// <summary>Most boards of one job: other jobs wait no longer than these take.</summary>
    public const int MaxBoards = 1024;

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<DeviceEntry> _staged = new(found.Count);

    public Task Completion => _completion.Task;

    public override bool NeedsSavepoint => false;

    public override void Run(DbConnection connection, DbTransaction transaction)
    {
        GroupAppraiser appraiser = new(verdicts, KeptTime.Cut(clock.GetUtcNow()));
        foreach (DeviceEntry entry in found)
        {
            // A rekey may have come first: then the new entry counts.
            DeviceEntry device = entry.Current;
            DeviceState state = device.Newest;
            DeviceState next = appraiser.Next(device, state);
            if (!ReferenceEquals(next, state))
            {
                states.WriteShown(connection, transaction, device, state, next, CauseOf(state, next));
                device.Stage(next);
                _staged.Add(device);
            }
        }
    }

    public override void Committed()
    {
        _staged.ForEach(device => device.Publish());
        states.Settle();
        _completion.TrySetResult();
    }

    public override void Failed(Exception cause)
    {
        _staged.ForEach(device => device.Drop());
        states.Reset();
        _completion.TrySetException(cause);
    }

    private string CauseOf(DeviceState last, DeviceState next) =>
        next.Shown.Drift.HasFlag(Drift.StaleEvidence) && !last.Shown.Drift.HasFlag(Drift.StaleEvidence) ? Cause.Silence : cause;
}
