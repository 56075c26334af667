using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Organisations;

/// <summary>All organisations in memory, filled from the database at start and changed after each commit.</summary>
internal sealed class OrganisationDirectory
{
    private readonly ConcurrentDictionary<string, Organisation> _byName = new(StringComparer.Ordinal);

    public OrganisationDirectory(Database database)
    {
        using DbConnection connection = database.Open();
        foreach (string name in connection.Query<string>("SELECT name FROM organisations"))
        {
            Put(OrganisationTable.Find(connection, null, name)!);
        }
    }

    public IEnumerable<Organisation> All => _byName.Values.OrderBy(organisation => organisation.Name, StringComparer.Ordinal);

    public bool TryFind(string name, [NotNullWhen(true)] out Organisation? organisation) => _byName.TryGetValue(name, out organisation);

    public void Put(Organisation organisation) => _byName[organisation.Name] = organisation;
}
