using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Devices;

/// <summary>Who may enrol which board.</summary>
internal sealed class EnrolmentRules(OrganisationDirectory organisations)
{
    /// <summary>Checks the caller and fills in the owner.</summary>
    /// <exception cref="ProblemException">The caller may not, or an organisation is not what the record takes it for.</exception>
    public EnrolmentRecord Admit(Caller caller, EnrolmentRecord record)
    {
        RequireRole(record.Identity.Manufacturer, "organisation", Roles.Manufacturer);
        if (caller.ActsAs(Roles.Manufacturer, record.Identity.Manufacturer))
        {
            RequireOwner(record.Owner);
            return record;
        }

        // What a board sends under a key that its integrator gave it says nothing about the maker's product: inventory only.
        if (!caller.Has(Roles.Integrator) || record.Identity.Strength != EvidenceStrength.SelfReported)
        {
            throw Refuse.Forbidden($"a {record.Identity.Strength.Word()} board of {record.Identity.Manufacturer} from {caller.Name}", $"the token of {record.Identity.Manufacturer}; integrators enrol self-reported boards");
        }

        return record.Owner is null || record.Owner == caller.Organisation
            ? record with { Owner = caller.Organisation }
            : throw Refuse.Forbidden($"owner {record.Owner} from {caller.Name}", $"owner {caller.Organisation}");
    }

    /// <summary>As <see cref="Admit"/>, for a board whose key its manufacturer's certificate vouches for: an integrator may enrol it as its own.</summary>
    public EnrolmentRecord AdmitVouched(Caller caller, EnrolmentRecord record)
    {
        RequireRole(record.Identity.Manufacturer, "organisation", Roles.Manufacturer);
        if (caller.ActsAs(Roles.Manufacturer, record.Identity.Manufacturer))
        {
            RequireOwner(record.Owner);
            return record;
        }

        return caller.Has(Roles.Integrator) && (record.Owner is null || record.Owner == caller.Organisation)
            ? record with { Owner = caller.Organisation }
            : throw Refuse.Forbidden($"a board of {record.Identity.Manufacturer} from {caller.Name}", $"the token of {record.Identity.Manufacturer}, or of an integrator that names itself as owner");
    }

    private void RequireOwner(string? owner)
    {
        if (owner is not null)
        {
            RequireRole(owner, "owner", Roles.Integrator);
        }
    }

    private void RequireRole(string name, string member, string role)
    {
        if (!organisations.TryFind(name, out Organisation? organisation) || !organisation.Has(role))
        {
            string seen = organisation is null ? $"\"{member}\" is no registered organisation" : $"\"{member}\" is {name}, which is no {role}";
            throw Refuse.Unacceptable("UnknownOrganisation", seen, $"an organisation with the role {role}", "Register it first (POST /v1/organisations).");
        }
    }
}
