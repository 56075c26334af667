using IotAttest.Service.Hosting;

namespace IotAttest.Service.Organisations;

/// <summary>What everybody may know of an organisation.</summary>
internal sealed record OrganisationView(string Name, IEnumerable<string> Roles, IEnumerable<string> Schemes, IEnumerable<OrganisationKeyView> Keys, IEnumerable<RemovedKeyView> RemovedKeys, string? Country)
{
    public static OrganisationView Of(Organisation organisation) => new(
        organisation.Name,
        organisation.Roles,
        organisation.Schemes,
        organisation.Keys.Select(key => new OrganisationKeyView(key.Kid.ToString(), key.ToPem())),
        organisation.RemovedKeys.Select(removed => new RemovedKeyView(removed.Key.Kid.ToString(), removed.Key.ToPem(), UtcText.Of(removed.At), removed.Reason)),
        organisation.Country);
}

/// <summary>A key with its id: 16 hex digits and PEM.</summary>
internal sealed record OrganisationKeyView(string Kid, string Pem);

/// <summary>A key that signs nothing new: for whoever checks an older file.</summary>
internal sealed record RemovedKeyView(string Kid, string Pem, string RemovedAt, string Reason);

/// <summary>The answer to a registration: the only time the token of the organisation is shown.</summary>
internal sealed record NewOrganisationView(string Name, IEnumerable<string> Roles, IEnumerable<string> Schemes, IEnumerable<OrganisationKeyView> Keys, string Token);

/// <summary>The answer to a renewal: the only time the new token is shown.</summary>
internal sealed record NewTokenView(string Name, string Token);

/// <summary>The answer for a person of an organisation: the only time their token is shown.</summary>
internal sealed record NewPersonView(string Name, string Person, string Token);

/// <summary>All organisations.</summary>
internal sealed record OrganisationListView(IEnumerable<OrganisationView> Organisations);
