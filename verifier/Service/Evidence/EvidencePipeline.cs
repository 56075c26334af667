using System.Diagnostics;
using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Devices;
using IotAttest.Service.Events;
using IotAttest.Service.Freshness;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Evidence;

/// <summary>The one path of all evidence, whatever transport brought it: cheap checks, signature, then one durable step that
/// spends the nonce, compares identity and writes the verdict.</summary>
internal sealed class EvidencePipeline(
    DeviceDirectory devices,
    ParsedKeyCache keys,
    FreshnessSource freshness,
    DeviceStateTable states,
    VerdictSource verdicts,
    StoreWriter store,
    EvidenceMetrics metrics,
    AddressRefusals addresses,
    AddressWatch watch,
    TimeProvider clock)
{
    /// <summary>Takes evidence and answers once the outcome is durable.</summary>
    /// <exception cref="StoreException">The store did not take it: nothing changed, nothing may be acknowledged.</exception>
    public async ValueTask<EvidenceAnswer> SubmitAsync(ReadOnlyMemory<byte> bytes, EvidenceOrigin origin, CancellationToken cancellation)
    {
        long received = Stopwatch.GetTimestamp();
        using Activity? span = EvidenceTrace.Begin(origin);
        EvidenceAnswer answer = await DecideAsync(bytes, origin, span, cancellation);
        EvidenceTrace.Conclude(span, answer);
        await CountAsync(answer, origin, cancellation);
        if (answer is { Device: { } device, Refusal: null, IsRepeat: false })
        {
            metrics.Time(received);
            await watch.NoteAsync(device, origin.Address, cancellation);
        }

        return answer;
    }

    /// <summary>Counts a refusal that the transport itself found.</summary>
    public async ValueTask<EvidenceAnswer> RefuseAsync(Refusal refusal, EvidenceOrigin origin, CancellationToken cancellation)
    {
        EvidenceAnswer answer = EvidenceAnswer.Refused(refusal);
        await CountAsync(answer, origin, cancellation);
        return answer;
    }

    private async ValueTask<EvidenceAnswer> DecideAsync(ReadOnlyMemory<byte> bytes, EvidenceOrigin origin, Activity? span, CancellationToken cancellation)
    {
        Refusal? refusal = EvidenceCheck.Decode(bytes, out EvidenceEnvelope? envelope, out DecodedClaims? claims);
        if (refusal is not null)
        {
            return EvidenceAnswer.Refused(refusal);
        }

        if (!devices.TryFindByKid(envelope!.Kid.Value, out DeviceEntry? device))
        {
            return EvidenceAnswer.Refused(EvidenceRefusals.UnknownKey(envelope.Kid));
        }

        byte[] hash = SHA256.HashData(bytes.Span);
        DeviceState state = device.State;
        refusal = CheckOwner(device, origin);
        if (refusal is null && state.EvidenceHash.AsSpan().SequenceEqual(hash))
        {
            return state.Facts.IsDecommissioned ? EvidenceAnswer.Refused(EvidenceRefusals.Decommissioned(), device) : EvidenceAnswer.Repeated(device, verdicts.Of(device, state), state.Nonce);
        }

        VerifiedEvidence? evidence = null;
        refusal ??= EvidenceCheck.Verify(envelope, claims!, device.Identity, keys.KeyOf(device), freshness.Check, out evidence);
        if (refusal is not null)
        {
            return EvidenceAnswer.Refused(refusal, device);
        }

        EvidenceTrace.Mark(span, "verified");

        // Only now: strangers must not raise an alarm on a board, whatever its state.
        if (state.Facts.IsDecommissioned)
        {
            AlarmJob alarm = new(device, evidence!, hash, origin.Address, states, clock);
            await store.PostAsync(alarm, cancellation);
            return await alarm.Completion;
        }

        EvidenceJob job = new(device, evidence!, hash, states, verdicts, span);
        await store.PostAsync(job, cancellation);
        EvidenceAnswer answer = await job.Completion;
        EvidenceTrace.Mark(span, "stored");
        return answer;
    }

    private static Refusal? CheckOwner(DeviceEntry device, EvidenceOrigin origin) =>
        origin.AuthenticatedUeid is { } ueid && ueid != device.Identity.Ueid ? EvidenceRefusals.OtherBoard() : null;

    // Only a transport that authenticated the board may put a refusal beside its verdict: strangers must not raise alarms on it.
    private async ValueTask CountAsync(EvidenceAnswer answer, EvidenceOrigin origin, CancellationToken cancellation)
    {
        metrics.Count(answer);
        if (answer.Refusal is not { } refusal)
        {
            return;
        }

        if (origin.AuthenticatedUeid is { } ueid && devices.TryFindByUeid(ueid, out DeviceEntry? device))
        {
            RefusalJob job = new(device, refusal.Code, states);
            await store.PostAsync(job, cancellation);
            await job.Completion;
        }
        else
        {
            addresses.Count(origin.Address, refusal.Code);
        }
    }
}
