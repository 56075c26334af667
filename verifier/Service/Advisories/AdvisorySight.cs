using IotAttest.Service.Access;
using IotAttest.Service.Builds;

namespace IotAttest.Service.Advisories;

/// <summary>What a caller may see of advisories. Everybody sees those that are published and which builds they concern; which component led there is
/// told to those who may see bills of materials.</summary>
/// <param name="SeesAll">Operator and auditors: also what is under embargo.</param>
/// <param name="Organisation">Sees what it imported itself; null for nobody.</param>
/// <param name="SeesComponents">Bodies, auditors, the operator.</param>
/// <param name="Maker">Sees the components of its own builds.</param>
internal sealed record AdvisorySight(bool SeesAll, string? Organisation, bool SeesComponents, string? Maker)
{
    public static AdvisorySight Nobody { get; } = new(false, null, false, null);

    public static AdvisorySight Of(Caller? caller) => caller is null
        ? Nobody
        : new AdvisorySight(
            caller.IsOperator || caller.Has(Roles.Auditor), caller.PublicName, SbomSight.SeesAll(caller), SbomSight.SeesOwn(caller) ? caller.Organisation : null);

    public bool SeesComponentsOf(string manufacturer) => SeesComponents || manufacturer == Maker;
}
