using IotAttest.Domain.Certificates.Applications;
using IotAttest.Service.Access;
using IotAttest.Service.Organisations;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Laboratories;

/// <summary>Reads the laboratories with their accreditations.</summary>
internal sealed class LaboratoryCatalogue(OrganisationDirectory organisations, Database database, TimeProvider clock)
{
    public LaboratoryListView All()
    {
        using SqliteConnection connection = database.Open();
        Dictionary<string, Accreditation> accreditations = AccreditationTable.All(connection);
        DateTimeOffset now = clock.GetUtcNow();
        return new LaboratoryListView(
            [.. organisations.All.Where(organisation => organisation.Has(Roles.Laboratory)).Select(organisation => LaboratoryView.Of(organisation.Name, accreditations.GetValueOrDefault(organisation.Name), now))]);
    }
}
