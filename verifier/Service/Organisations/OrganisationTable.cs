using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using IotAttest.Domain.Cose;

namespace IotAttest.Service.Organisations;

/// <summary>Organisations and their keys in the database.</summary>
internal static class OrganisationTable
{
    public static Organisation? Find(DbConnection connection, DbTransaction? transaction, string name)
    {
        object key = new { name };
        (string Roles, string Schemes, string? Country)? row = connection.QuerySingleOrDefault<(string, string, string?)?>("SELECT roles, schemes, country FROM organisations WHERE name = @name", key, transaction);
        if (row is not { } found)
        {
            return null;
        }

        IEnumerable<OrganisationKey> keys = connection
            .Query<(long Kid, byte[] Spki)>("SELECT kid, spki FROM organisation_keys WHERE organisation = @name AND removed_at IS NULL ORDER BY added_at, kid", key, transaction)
            .Select(each => new OrganisationKey(new Kid((ulong)each.Kid), each.Spki));
        IEnumerable<RemovedKey> removed = connection
            .Query<(long Kid, byte[] Spki, long At, string Reason)>(
                "SELECT kid, spki, removed_at, removal_reason FROM organisation_keys WHERE organisation = @name AND removed_at IS NOT NULL ORDER BY removed_at, kid", key, transaction)
            .Select(each => new RemovedKey(new OrganisationKey(new Kid((ulong)each.Kid), each.Spki), DateTimeOffset.FromUnixTimeMilliseconds(each.At), each.Reason));
        return new Organisation(name, Words(found.Roles), Words(found.Schemes), [.. keys]) { RemovedKeys = [.. removed], Country = found.Country };
    }

    public static void Insert(DbConnection connection, DbTransaction transaction, Organisation organisation, long now) => connection.Execute(
        "INSERT INTO organisations (name, roles, schemes, created_at, country) VALUES (@Name, @roles, @schemes, @now, @Country)",
        new { organisation.Name, roles = string.Join(',', organisation.Roles), schemes = string.Join(',', organisation.Schemes), now, organisation.Country },
        transaction);

    public static string? OwnerOf(DbConnection connection, DbTransaction transaction, Kid kid) =>
        connection.QuerySingleOrDefault<string>("SELECT organisation FROM organisation_keys WHERE kid = @kid", new { kid = (long)kid.Value }, transaction);

    public static void InsertKey(DbConnection connection, DbTransaction transaction, string organisation, OrganisationKey key, long now) => connection.Execute(
        "INSERT INTO organisation_keys (kid, organisation, spki, added_at) VALUES (@kid, @organisation, @Spki, @now)",
        new { kid = (long)key.Kid.Value, organisation, key.Spki, now },
        transaction);

    /// <summary>Marks a key as removed. The row stays: the kid is never free again, and what the key signed can still be checked.</summary>
    public static void RemoveKey(DbConnection connection, DbTransaction transaction, Kid kid, string reason, long now) => connection.Execute(
        "UPDATE organisation_keys SET removed_at = @now, removal_reason = @reason WHERE kid = @kid", new { kid = (long)kid.Value, reason, now }, transaction);

    private static ImmutableArray<string> Words(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries)];
}
