using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;
using static IotAttest.Conformance.Requirements;

namespace IotAttest.Conformance;

/// <summary>The end of service: evidence is refused and raises an alarm, and the board's keys are gone.</summary>
internal static class DecommissioningModule
{
    private const Needs Needed = Needs.Board | Needs.Device;

    public static ConformanceModule Create() => new("decommissioning", "Decommissioning",
    [
        new("decommissioning.refused", "Evidence of a board out of service is refused and raises an alarm.", [Erasure, StateAwareness, CraMonitoring], Needed, RefusedAsync),
        new("decommissioning.erased", "A board whose keys were erased answers no challenge any more.", [Erasure, DataProtection, CraRemoval], Needed, ErasedAsync),
    ]);

    private static async Task<Finding> RefusedAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "a refusal, an alarm, and the verdict Decommissioned";
        IVerifierSide verifier = context.CreateVerifier();
        if (await context.AttestAsync(verifier, cancellation) is null)
        {
            return Finding.Fail("no evidence before the end of service", Expected);
        }

        // Asked while in service, judged after its end: nothing but the decision can be the reason of the refusal.
        EvidenceSample? late = await context.Board.AskAsync(verifier.Challenge(), cancellation);
        verifier.Decommission();
        if (late is null)
        {
            return Finding.Fail("no evidence before the end of service", Expected);
        }

        VerifierAnswer answer = verifier.Submit(late.Bytes);
        return Finding.Of(
            answer.Refusal is not null && verifier.Alarms > 0 && answer.Verdict.Conformity == Conformity.Decommissioned, $"{answer}, {verifier.Alarms} alarms, verdict {answer.Verdict.Conformity}", Expected);
    }

    private static async Task<Finding> ErasedAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "no evidence under the key that was enrolled";
        if (await context.Board.PerformAsync(new BoardStep(BoardStepKind.EraseKeys), cancellation) is { } obstacle)
        {
            return Finding.NotApplicable(obstacle, Expected);
        }

        EvidenceSample? answer = await context.Board.ProvokeAsync(Topics.Challenge(context.Device.Ueid), CheckContext.NewChallenge(), cancellation);
        IDeviceKey key = context.Key.ToKey() ?? new UnusableKey(context.Key.Kind);
        using IDisposable? owned = key as IDisposable;
        bool isOld = answer?.Envelope is { } envelope && key.Verify(envelope);
        return Finding.Of(!isOld, answer is null ? "no evidence" : isOld ? "evidence under the old key" : "evidence that does not hold under the old key", Expected);
    }
}
