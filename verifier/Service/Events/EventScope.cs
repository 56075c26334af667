using IotAttest.Service.Access;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Events;

/// <summary>Whose boards a listener hears of. What concerns the registry (builds, certificates, keys) is for everybody who is logged in.</summary>
/// <param name="AllBoards">Operator and auditors.</param>
/// <param name="Maker">Boards made by this organisation.</param>
/// <param name="Owner">Boards run by this organisation.</param>
internal sealed record EventScope(bool AllBoards, string? Maker, string? Owner)
{
    public static EventScope Of(Caller caller) => new(
        DeviceSight.CanSeeAll(caller),
        caller.Has(Roles.Manufacturer) ? caller.Organisation : null,
        caller.Has(Roles.Integrator) ? caller.Organisation : null);

    public static EventScope Of(IReadOnlyCollection<string> roles, string? organisation) => new(
        roles.Contains(Roles.Operator) || roles.Contains(Roles.Auditor),
        roles.Contains(Roles.Manufacturer) ? organisation : null,
        roles.Contains(Roles.Integrator) ? organisation : null);
}
