using System.Data.Common;
using IotAttest.Domain.Certificates.Applications;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Organisations;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Laboratories;

/// <summary>Reads the laboratories with their accreditations.</summary>
internal sealed class LaboratoryCatalogue(OrganisationDirectory organisations, Database database, TimeProvider clock)
{
    /// <summary>Some of them, for a page. The directory keeps its order: the cursor counts.</summary>
    public LaboratoryPage List(Paging paging)
    {
        IReadOnlyList<LaboratoryView> all = All().Laboratories;
        long start = Math.Min(paging.Cursor ?? 0, all.Count);
        long end = start + paging.Limit;
        return new LaboratoryPage([.. all.Skip((int)start).Take(paging.Limit)], end < all.Count ? Paging.CursorOf(end) : null);
    }

    public LaboratoryListView All()
    {
        using DbConnection connection = database.Open();
        Dictionary<string, Accreditation> accreditations = AccreditationTable.All(connection);
        DateTimeOffset now = clock.GetUtcNow();
        return new LaboratoryListView(
            [.. organisations.All.Where(organisation => organisation.Has(Roles.Laboratory)).Select(organisation => LaboratoryView.Of(organisation.Name, accreditations.GetValueOrDefault(organisation.Name), now))]);
    }
}
