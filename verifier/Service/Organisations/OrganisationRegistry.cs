using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Organisations;

/// <summary>Registers organisations and keys: each change is one transaction, seen by others after its commit.</summary>
internal sealed class OrganisationRegistry(StoreWriter writer, OrganisationDirectory directory, AccessTokens tokens, TimeProvider clock)
{
    private const string ChooseAnother = "Register under another name, or send exactly what was registered.";

    /// <summary>Registers an organisation.</summary>
    /// <returns>The organisation and its token; no token when it was there already.</returns>
    /// <exception cref="ProblemException">The name or a key is taken.</exception>
    public async Task<(Organisation Organisation, string? Token)> RegisterAsync(Organisation wanted, CancellationToken cancellation)
    {
        string token = DataDirectory.NewToken();
        byte[] hash = AccessTokens.HashOf(token);
        AccessGrant grant = new([.. wanted.Roles], wanted.Name);
        (Organisation stored, bool isNew) = await writer.ExecuteAsync(
            (connection, transaction) => Register(connection, transaction, wanted, hash, grant),
            result =>
            {
                if (result.IsNew)
                {
                    directory.Put(result.Stored);
                    tokens.Remember(hash, grant);
                }
            },
            cancellation);
        return (stored, isNew ? token : null);
    }

    /// <summary>Adds a key.</summary>
    /// <returns>The organisation, and whether the key is new.</returns>
    /// <exception cref="ProblemException">No such organisation, or the key is another's.</exception>
    public Task<(Organisation Stored, bool IsNew)> AddKeyAsync(string name, OrganisationKey key, CancellationToken cancellation) => writer.ExecuteAsync(
        (connection, transaction) => AddKey(connection, transaction, name, key),
        result => directory.Put(result.Stored),
        cancellation);

    /// <summary>Makes a new token for the organisation or for one of its persons. The earlier ones stop working in the same transaction: those of the
    /// person, or where none is named all of the organisation and its persons.</summary>
    /// <returns>The new token.</returns>
    /// <exception cref="ProblemException">No such organisation.</exception>
    public async Task<string> RenewTokenAsync(string name, string person, CancellationToken cancellation)
    {
        string token = DataDirectory.NewToken();
        byte[] hash = AccessTokens.HashOf(token);
        await writer.ExecuteAsync(
            (connection, transaction) => RenewToken(connection, transaction, name, person, hash),
            grant => tokens.RememberOnly(hash, grant),
            cancellation);
        return token;
    }

    private (Organisation Stored, bool IsNew) Register(SqliteConnection connection, SqliteTransaction transaction, Organisation wanted, byte[] tokenHash, AccessGrant grant)
    {
        if (OrganisationTable.Find(connection, transaction, wanted.Name) is { } stored)
        {
            return stored.IsSameAs(wanted)
                ? (stored, false)
                : throw Refuse.Conflict($"an organisation {wanted.Name} with other roles, schemes or keys", "the content registered before", ChooseAnother);
        }

        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        OrganisationTable.Insert(connection, transaction, wanted, now);
        foreach (OrganisationKey key in wanted.Keys)
        {
            RequireFree(connection, transaction, key);
            OrganisationTable.InsertKey(connection, transaction, wanted.Name, key, now);
        }

        AccessTokens.Insert(connection, transaction, tokenHash, grant, now);
        return (wanted, true);
    }

    private (Organisation Stored, bool IsNew) AddKey(SqliteConnection connection, SqliteTransaction transaction, string name, OrganisationKey key)
    {
        Organisation stored = Find(connection, transaction, name);
        if (stored.Keys.Any(known => known.Kid == key.Kid))
        {
            return (stored, false);
        }

        RequireFree(connection, transaction, key);
        OrganisationTable.InsertKey(connection, transaction, name, key, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return (stored with { Keys = stored.Keys.Add(key) }, true);
    }

    private AccessGrant RenewToken(SqliteConnection connection, SqliteTransaction transaction, string name, string person, byte[] hash)
    {
        Organisation stored = Find(connection, transaction, name);
        AccessGrant grant = new([.. stored.Roles], stored.Name, person);
        AccessTokens.DeleteOf(connection, transaction, grant);
        AccessTokens.Insert(connection, transaction, hash, grant, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return grant;
    }

    private static Organisation Find(SqliteConnection connection, SqliteTransaction transaction, string name) =>
        OrganisationTable.Find(connection, transaction, name)
        ?? throw Refuse.NotFound($"organisation {(OrganisationRequest.IsName(name) ? name : "with a name that cannot be")}", "a registered organisation");

    private static void RequireFree(SqliteConnection connection, SqliteTransaction transaction, OrganisationKey key)
    {
        // A kid names one signer: with two owners, an issuer could be confused with another.
        if (OrganisationTable.OwnerOf(connection, transaction, key.Kid) is { } owner)
        {
            throw Refuse.Conflict($"key {key.Kid}, which is a key of {owner}", "a key of this organisation alone", "Make a key of your own with: iotattest key new");
        }
    }
}
