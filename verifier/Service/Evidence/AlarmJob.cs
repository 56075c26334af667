using System.Data.Common;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Devices;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Evidence;

/// <summary>A board out of service was heard: its key is still in use. Spends the nonce, counts, tells others, and changes no verdict.</summary>
internal sealed class AlarmJob(DeviceEntry found, VerifiedEvidence evidence, byte[] hash, string address, DeviceStateTable states, TimeProvider clock) : StoreJob
{
    /// <summary>A board that goes on talking makes one event in this time; the count goes on.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private readonly TaskCompletionSource<EvidenceAnswer> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AlarmCounter? _before;
    private EvidenceAnswer? _answer;

    public Task<EvidenceAnswer> Completion => _completion.Task;

    public override void Run(DbConnection connection, DbTransaction transaction)
    {
        DeviceState state = found.Newest;
        _answer = EvidenceAnswer.Refused(FreshnessSpending.Check(found.Identity.Freshness, state, evidence) ?? EvidenceRefusals.Decommissioned(), found);
        if (_answer.Refusal!.Code != RefusalCode.IdentityMismatch)
        {
            return;
        }

        DeviceState next = state with { Stamp = evidence.Stamp, Baseline = evidence.Claims.Counters, EvidenceHash = hash, Nonce = evidence.Claims.Nonce.ToArray() };
        states.Write(connection, transaction, found, state, next, "alarm");
        DateTimeOffset now = clock.GetUtcNow();
        AlarmCounter last = found.Alarms;
        AlarmCounter raised = new(last.Count + 1, now, last.ToldAt is { } told && now < told + Pause ? told : now);
        AlarmTable.Write(connection, transaction, found.RowId, raised, $"the key of a decommissioned board is in use at {address}");

        // At once, on this thread: another alarm in the same transaction counts on.
        _before = last;
        found.Alarms = raised;
        found.Stage(next);
    }

    public override void Committed()
    {
        found.Publish();
        states.Settle();
        _completion.TrySetResult(_answer!);
    }

    public override void Failed(Exception cause)
    {
        found.Alarms = _before ?? found.Alarms;
        found.Drop();
        states.Reset();
        _completion.TrySetException(cause);
    }
}
