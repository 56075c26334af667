using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;

namespace IotAttest.Service.Devices;

/// <summary>Everything that a verdict depends on but the clock and the time of the last evidence: boards that are equal in it share a verdict.</summary>
/// <remarks>Made by leaving out what no verdict looks at (UEID, kid) or what is compared apart (time, sets), never by listing what counts:
/// a fact that is added later separates groups by itself.</remarks>
/// <param name="Identity">What enrolment fixed, without the names of the one board.</param>
/// <param name="Facts">What evidence and people said, without time and sets.</param>
/// <param name="MeasuredSet">Hash of the last measured set; empty before the first.</param>
/// <param name="Causes">Hashes of the sets that stay as causes, joined.</param>
internal sealed record FleetGroup(DeviceIdentity Identity, DeviceFacts Facts, string MeasuredSet, string Causes)
{
    public static FleetGroup Of(DeviceIdentity identity, DeviceFacts facts) => new(
        identity with { Ueid = "", Kid = 0 },
        facts with { AsOf = null, Measured = null, UnknownSets = [] },
        facts.Measured?.Hash ?? "",
        facts.UnknownSets.IsEmpty ? "" : string.Join(' ', facts.UnknownSets));

    /// <summary>True when both states of one board are in the same group; false may be said of equal ones too.</summary>
    public static bool IsSame(DeviceFacts before, DeviceFacts after) => before == after || before == after with { AsOf = before.AsOf };
}
