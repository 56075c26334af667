using Dapper;
using IotAttest.Service.Access;
using IotAttest.Service.Storage.Sharing;

namespace IotAttest.Service.Organisations;

/// <summary>Takes over organisations, their keys and everybody's tokens as other verifiers changed them.</summary>
internal sealed class OrganisationFollower(OrganisationDirectory directory, AccessTokens tokens) : IStoreFollower
{
    public void Follow(StoreChanges changes)
    {
        if (changes.Kinds.Contains("organisations"))
        {
            foreach (string name in changes.Connection.Query<string>("SELECT name FROM organisations", transaction: changes.Transaction))
            {
                directory.Put(OrganisationTable.Find(changes.Connection, changes.Transaction, name)!);
            }
        }

        if (changes.Kinds.Contains("tokens"))
        {
            tokens.RememberAll([.. AccessTokenTable.All(changes.Connection)]);
        }
    }
}
