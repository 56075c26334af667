using IotAttest.Service.Access;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Events;

/// <summary>Whose boards a listener hears of. Applications and cases are for their parties. What else concerns the registry (builds, certificates, keys) is for everybody who is logged in.</summary>
/// <param name="AllBoards">Operator and auditors.</param>
/// <param name="Maker">Boards made by this organisation.</param>
/// <param name="Owner">Boards run by this organisation.</param>
internal sealed record EventScope(bool AllBoards, string? Maker, string? Owner)
{
    /// <summary>Applications to this body, and cases it decides.</summary>
    public string? Body { get; init; }

    /// <summary>Applications that this laboratory tests.</summary>
    public string? Laboratory { get; init; }

    /// <summary>Cases that this organisation opened.</summary>
    public string? Organisation { get; init; }

    public static EventScope Of(Caller caller) => new(
        DeviceSight.CanSeeAll(caller),
        caller.Has(Roles.Manufacturer) ? caller.Organisation : null,
        caller.Has(Roles.Integrator) ? caller.Organisation : null)
    {
        Body = caller.Has(Roles.Body) ? caller.Organisation : null,
        Laboratory = caller.Has(Roles.Laboratory) ? caller.Organisation : null,
        Organisation = caller.Organisation,
    };

    public static EventScope Of(IReadOnlyCollection<string> roles, string? organisation) => new(
        roles.Contains(Roles.Operator) || roles.Contains(Roles.Auditor),
        roles.Contains(Roles.Manufacturer) ? organisation : null,
        roles.Contains(Roles.Integrator) ? organisation : null)
    {
        Body = roles.Contains(Roles.Body) ? organisation : null,
        Laboratory = roles.Contains(Roles.Laboratory) ? organisation : null,
        Organisation = organisation,
    };
}
