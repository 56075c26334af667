using IotAttest.Service.Access;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Devices;

/// <summary>Which boards a caller may see, and which it may decide about. Certification bodies get no data per device.</summary>
internal static class DeviceSight
{
    public static bool CanSeeAll(Caller caller) => caller.IsOperator || caller.Has(Roles.Auditor);

    public static bool CanSee(Caller caller, DeviceEntry device) => caller.Has(Roles.Auditor) || CanDecide(caller, device);

    /// <summary>Its maker, its owner, the operator.</summary>
    public static bool CanDecide(Caller caller, DeviceEntry device) =>
        caller.ActsAs(Roles.Manufacturer, device.Identity.Manufacturer) || caller.ActsAs(Roles.Integrator, device.Owner);

    /// <exception cref="ProblemException">404 for an unknown board and for one out of sight: the answer does not tell which.</exception>
    public static DeviceEntry Find(DeviceDirectory directory, Caller caller, string ueid) =>
        directory.TryFindByUeid(ueid, out DeviceEntry? device) && CanSee(caller, device)
            ? device
            : throw Refuse.NotFound("no board of that UEID that you may see", "the UEID of an enrolled board of yours");

    /// <exception cref="ProblemException">As <see cref="Find"/>, and 403 for who may look only.</exception>
    public static DeviceEntry FindToDecide(DeviceDirectory directory, Caller caller, string ueid)
    {
        DeviceEntry device = Find(directory, caller, ueid);
        return CanDecide(caller, device) ? device : throw Refuse.Forbidden($"the token of {caller.Name}", "the maker or the owner of the board");
    }
}
