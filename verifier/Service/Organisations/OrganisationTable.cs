using System.Collections.Immutable;
using Dapper;
using IotAttest.Domain.Cose;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Organisations;

/// <summary>Organisations and their keys in the database.</summary>
internal static class OrganisationTable
{
    public static Organisation? Find(SqliteConnection connection, SqliteTransaction? transaction, string name)
    {
        object key = new { name };
        (string Roles, string Schemes)? row = connection.QuerySingleOrDefault<(string, string)?>("SELECT roles, schemes FROM organisations WHERE name = @name", key, transaction);
        if (row is not { } found)
        {
            return null;
        }

        IEnumerable<OrganisationKey> keys = connection
            .Query<(long Kid, byte[] Spki)>("SELECT kid, spki FROM organisation_keys WHERE organisation = @name ORDER BY added_at, rowid", key, transaction)
            .Select(each => new OrganisationKey(new Kid((ulong)each.Kid), each.Spki));
        return new Organisation(name, Words(found.Roles), Words(found.Schemes), [.. keys]);
    }

    public static void Insert(SqliteConnection connection, SqliteTransaction transaction, Organisation organisation, long now) => connection.Execute(
        "INSERT INTO organisations (name, roles, schemes, created_at) VALUES (@Name, @roles, @schemes, @now)",
        new { organisation.Name, roles = string.Join(',', organisation.Roles), schemes = string.Join(',', organisation.Schemes), now },
        transaction);

    public static string? OwnerOf(SqliteConnection connection, SqliteTransaction transaction, Kid kid) =>
        connection.QuerySingleOrDefault<string>("SELECT organisation FROM organisation_keys WHERE kid = @kid", new { kid = (long)kid.Value }, transaction);

    public static void InsertKey(SqliteConnection connection, SqliteTransaction transaction, string organisation, OrganisationKey key, long now) => connection.Execute(
        "INSERT INTO organisation_keys (kid, organisation, spki, added_at) VALUES (@kid, @organisation, @Spki, @now)",
        new { kid = (long)key.Kid.Value, organisation, key.Spki, now },
        transaction);

    private static ImmutableArray<string> Words(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries)];
}
