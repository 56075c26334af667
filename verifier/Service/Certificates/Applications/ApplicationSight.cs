using IotAttest.Service.Access;

namespace IotAttest.Service.Certificates.Applications;

/// <summary>Whose applications a caller sees: its own, those sent to it, those it tests; operator and auditors all.</summary>
internal sealed record ApplicationSight(bool All, string? Holder, string? Body, string? Laboratory)
{
    public static ApplicationSight Of(Caller caller) => new(
        caller.IsOperator || caller.Has(Roles.Auditor),
        caller.Has(Roles.Manufacturer) ? caller.Organisation : null,
        caller.Has(Roles.Body) ? caller.Organisation : null,
        caller.Has(Roles.Laboratory) ? caller.Organisation : null);

    public bool Sees(ApplicationRow row) => All || row.Holder == Holder || row.Body == Body || (row.Laboratory is not null && row.Laboratory == Laboratory);
}
