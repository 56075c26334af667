using IotAttest.Service.Access;

namespace IotAttest.Service.Builds;

/// <summary>Who may see what builds are made of: the maker its own, bodies and auditors all, nobody else. A list of parts with their
/// versions tells an attacker where to look, so it is not public; that a build has one, and its digest, is.</summary>
internal static class SbomSight
{
    public static bool SeesAll(Caller caller) => caller.IsOperator || caller.Has(Roles.Body) || caller.Has(Roles.Auditor);

    public static bool SeesOwn(Caller caller) => caller.Has(Roles.Manufacturer) && caller.Organisation is not null;
}
