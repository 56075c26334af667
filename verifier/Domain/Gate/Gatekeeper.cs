using System.Collections.Immutable;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;

namespace IotAttest.Domain.Gate;

/// <summary>Turns a verdict into an answer for a door, a network or a pipeline: a pure function (certification.md section 6, story 14).</summary>
public static class Gatekeeper
{
    /// <summary>The code for a board that is not enrolled here, or that the caller may not see: the answer does not tell which.</summary>
    public const string NotVisible = "NotVisible";

    /// <summary>The code for a verdict that rests on certificate statuses which are too old to rely on.</summary>
    public const string StatusUnavailable = "StatusUnavailable";

    private static readonly DeviceHold[] Holds = [DeviceHold.Quarantined, DeviceHold.InRepair];

    /// <summary>Decides about a board by its verdict as of now.</summary>
    public static GateAnswer Decide(Verdict verdict, GateMode mode) => Decide(verdict, DeviceHold.None, mode);

    /// <summary>Decides about a board that may be held back: one in quarantine is denied, one on the bench never allowed, whatever it attests.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="hold">What holds the board back.</param>
    /// <param name="mode">How strictly.</param>
    /// <param name="isStatusCurrent">False when the last status list has expired: then nothing is known to be in force, and enforcing fails closed.</param>
    public static GateAnswer Decide(Verdict verdict, DeviceHold hold, GateMode mode, bool isStatusCurrent = true)
    {
        ImmutableArray<string> reasons = [.. Words(hold), verdict.Conformity.ToString(), .. verdict.Drift.Words(), .. verdict.Conditions.Words()];
        if (!isStatusCurrent)
        {
            return Answer(GateDecision.Deny, mode, [StatusUnavailable, .. reasons]);
        }

        GateDecision enforced = Enforce(verdict.Conformity);
        GateDecision atLeast = hold.HasFlag(DeviceHold.Quarantined) ? GateDecision.Deny : hold.HasFlag(DeviceHold.InRepair) ? GateDecision.Review : GateDecision.Allow;
        return Answer(enforced > atLeast ? enforced : atLeast, mode, reasons);
    }

    /// <summary>Decides about a board of which there is no verdict for this caller.</summary>
    public static GateAnswer DecideWithoutVerdict(GateMode mode) => Answer(GateDecision.Deny, mode, [NotVisible]);

    private static IEnumerable<string> Words(DeviceHold hold) => Holds.Where(each => hold.HasFlag(each)).Select(each => each.ToString());

    private static GateAnswer Answer(GateDecision enforced, GateMode mode, ImmutableArray<string> reasons) => new(Soften(enforced, mode), enforced, reasons);

    // The build is the manufacturer's and nothing contradicts it: whether that is enough is the relying party's choice.
    private static GateDecision Enforce(Conformity conformity) => conformity switch
    {
        Conformity.Conformant => GateDecision.Allow,
        Conformity.PendingCoverage or Conformity.Vulnerable or Conformity.SupportEnded => GateDecision.Review,
        _ => GateDecision.Deny,
    };

    private static GateDecision Soften(GateDecision enforced, GateMode mode) => mode switch
    {
        GateMode.Observe => GateDecision.Allow,
        GateMode.Warn when enforced == GateDecision.Deny => GateDecision.Review,
        _ => enforced,
    };
}
