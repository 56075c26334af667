using IotAttest.Domain.Cases;
using IotAttest.Service.Access;

namespace IotAttest.Service.Cases;

/// <summary>Whose cases a caller sees: a body those it decides about, a holder those about its products except complaints, everybody their own;
/// operator and auditors all.</summary>
internal sealed record CaseSight(bool All, string? Holder, string? Body, string? Opener)
{
    public static CaseSight Of(Caller caller) => new(
        caller.IsOperator || caller.Has(Roles.Auditor),
        caller.Has(Roles.Manufacturer) ? caller.Organisation : null,
        caller.Has(Roles.Body) ? caller.Organisation : null,
        caller.Organisation);

    public bool Sees(CaseRow row) => All || row.Body == Body || (row.Holder == Holder && row.Kind != CaseType.Complaint) || row.OpenedBy == Opener;

    /// <summary>True for those who may read confidential reasons and who of the handling organisation did what.</summary>
    public bool SeesInside(CaseRow row) => All || row.Body == Body;
}
