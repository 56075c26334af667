using System.Data.Common;
using System.Diagnostics;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Identity;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Devices;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Evidence;

/// <summary>The durable half of appraisal, alone on the writer thread: spend the nonce, compare identity, write the verdict. All or nothing.</summary>
internal sealed class EvidenceJob(DeviceEntry device, VerifiedEvidence evidence, byte[] hash, DeviceStateTable states, VerdictSource verdicts, Activity? span = null) : StoreJob
{
    private readonly TaskCompletionSource<EvidenceAnswer> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EvidenceAnswer? _answer;

    public Task<EvidenceAnswer> Completion => _completion.Task;

    public override bool NeedsSavepoint => false;

    public override void Run(DbConnection connection, DbTransaction transaction)
    {
        // A rekey, the end of service or another connection of the same board may have come first.
        DeviceState state = device.Newest;
        Refusal? refusal = device.Replacement is not null ? EvidenceRefusals.Rekeyed()
            : state.Facts.IsDecommissioned ? EvidenceRefusals.Decommissioned()
            : null;
        if (refusal is null && state.EvidenceHash.AsSpan().SequenceEqual(hash))
        {
            _answer = EvidenceAnswer.Repeated(device, verdicts.Of(device, state), state.Nonce);
            return;
        }

        refusal ??= FreshnessSpending.Check(device.Identity.Freshness, state, evidence);
        if (refusal is not null)
        {
            _answer = EvidenceAnswer.Refused(refusal, device);
            return;
        }

        DeviceState next = Accept(state, out Verdict verdict);
        EvidenceTrace.Mark(span, "appraised");
        if (evidence.HasClaimMismatch)
        {
            MismatchTable.Write(connection, transaction, device.RowId, new ReportedIdentity(evidence.Claims.OemId, evidence.Claims.ClassId));
        }

        states.Write(connection, transaction, device, state, next, state.Hold.HasFlag(DeviceHold.InRepair) ? "evidence in repair" : "evidence");
        device.Stage(next);
        _answer = EvidenceAnswer.Accepted(device, verdict, next.Nonce);
    }

    public override void Committed()
    {
        device.Publish();
        states.Settle();
        _completion.TrySetResult(_answer!);
    }

    public override void Failed(Exception cause)
    {
        device.Drop();
        states.Reset();
        _completion.TrySetException(cause);
    }

    private DeviceState Accept(DeviceState state, out Verdict verdict)
    {
        bool isOneBoard = IdentityCheck.IsOneBoard(state.Baseline, evidence.Claims.Counters);
        DeviceState next = state with
        {
            Stamp = evidence.Stamp,

            // A conflict leaves the baseline with the board that was there first, until a person decides.
            Baseline = isOneBoard ? evidence.Claims.Counters : state.Baseline,
            EvidenceHash = hash,
            Nonce = evidence.Claims.Nonce.ToArray(),
            Facts = Update(state.Facts, isOneBoard),
            Reports = state.Reports + 1,
        };
        verdict = verdicts.Of(device, next);
        HistoryMark shown = HistoryMark.Of(verdict);
        return next with { Shown = shown == state.Shown ? state.Shown : shown };
    }

    private DeviceFacts Update(DeviceFacts facts, bool isOneBoard)
    {
        ManufacturerReference reference = verdicts.ReferenceOf(device);
        BuildMatch match = reference.Match(device.Identity.ClassId, evidence.Claims.Measured);
        ReferenceBuild? own = match.Drift == Drift.None ? match.Build : null;
        return StickyCauses.Update(facts, device.Identity.ClassId, reference, evidence.Claims.Measured) with
        {
            AsOf = evidence.Stamp.Time,
            Measured = states.Shared(evidence.Claims.Measured),
            BootFacts = evidence.Claims.BootFacts == facts.BootFacts ? facts.BootFacts : evidence.Claims.BootFacts,
            HasIdentityConflict = facts.HasIdentityConflict || !isOneBoard,
            HasClaimMismatch = evidence.HasClaimMismatch,
            HighestSecurityVersion = Math.Max(facts.HighestSecurityVersion, own?.SecurityVersion ?? 0),
            LastBuild = own?.Id ?? facts.LastBuild,
        };
    }
}
