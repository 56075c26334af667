using System.Data.Common;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

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
        AccessTokenRow row = NewToken(wanted, "", token);
        (Organisation stored, bool isNew) = await writer.ExecuteAsync(
            (connection, transaction) => Register(connection, transaction, wanted, row),
            result =>
            {
                if (result.IsNew)
                {
                    directory.Put(result.Stored);
                    tokens.Remember(row.Hash, row.ToGrant());
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

    /// <summary>Removes a key: new files under it are refused, what it signed stays as it is.</summary>
    /// <exception cref="ProblemException">No such organisation, or no such key of it.</exception>
    public Task<Organisation> RemoveKeyAsync(string name, string kid, string reason, CancellationToken cancellation) => writer.ExecuteAsync(
        (connection, transaction) => RemoveKey(connection, transaction, name, kid, reason),
        directory.Put,
        cancellation);

    /// <summary>Makes a new token for the organisation or for one of its persons. The earlier ones stop working in the same transaction: those of the
    /// person, or where none is named all of the organisation and its persons.</summary>
    /// <returns>The new token.</returns>
    /// <exception cref="ProblemException">No such organisation.</exception>
    public async Task<string> RenewTokenAsync(string name, string person, CancellationToken cancellation)
    {
        string token = DataDirectory.NewToken();
        await writer.ExecuteAsync(
            (connection, transaction) => RenewToken(connection, transaction, name, person, token),
            row => tokens.RememberOnly(row.Hash, row.ToGrant()),
            cancellation);
        return token;
    }

    private (Organisation Stored, bool IsNew) Register(DbConnection connection, DbTransaction transaction, Organisation wanted, AccessTokenRow token)
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

        AccessTokenTable.Insert(connection, transaction, token);
        return (wanted, true);
    }

    private (Organisation Stored, bool IsNew) AddKey(DbConnection connection, DbTransaction transaction, string name, OrganisationKey key)
    {
        Organisation stored = Find(connection, transaction, name);
        if (stored.Keys.Any(known => known.Kid == key.Kid))
        {
            return (stored, false);
        }

        if (stored.RemovedKeys.Any(removed => removed.Key.Kid == key.Kid))
        {
            throw Refuse.Conflict($"key {key.Kid}, which was removed", "a key that never was", "Make a new key with: iotattest key new");
        }

        RequireFree(connection, transaction, key);
        OrganisationTable.InsertKey(connection, transaction, name, key, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return (stored with { Keys = stored.Keys.Add(key) }, true);
    }

    private Organisation RemoveKey(DbConnection connection, DbTransaction transaction, string name, string kid, string reason)
    {
        Organisation stored = Find(connection, transaction, name);
        OrganisationKey key = stored.Keys.FirstOrDefault(known => known.Kid.ToString() == kid)
            ?? throw Refuse.NotFound($"no key of that id that {stored.Name} signs with", "the 16 hex digits of a key that is registered and not removed");
        DateTimeOffset now = clock.GetUtcNow();
        OrganisationTable.RemoveKey(connection, transaction, key.Kid, reason, now.ToUnixTimeMilliseconds());
        return stored with { Keys = stored.Keys.Remove(key), RemovedKeys = stored.RemovedKeys.Add(new RemovedKey(key, now, reason)) };
    }

    private AccessTokenRow RenewToken(DbConnection connection, DbTransaction transaction, string name, string person, string token)
    {
        AccessTokenRow row = NewToken(Find(connection, transaction, name), person, token);
        AccessTokenTable.DeleteOf(connection, transaction, name, person);
        TokenRegistry.RequireFreeName(AccessTokenTable.Of(connection, transaction, name), row.Name);
        AccessTokenTable.Insert(connection, transaction, row);
        return row;
    }

    /// <summary>The token of the organisation itself, or of a person: it bears the person's name.</summary>
    private AccessTokenRow NewToken(Organisation organisation, string person, string token) => new()
    {
        Hash = AccessTokens.HashOf(token),
        Id = TokenRegistry.NewId(),
        Name = person.Length == 0 ? AccessGrant.DefaultToken : person,
        Roles = string.Join(',', organisation.Roles),
        Organisation = organisation.Name,
        Person = person,
        CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        MadeBy = Roles.Operator,
    };

    private static Organisation Find(DbConnection connection, DbTransaction transaction, string name) =>
        OrganisationTable.Find(connection, transaction, name)
        ?? throw Refuse.NotFound($"organisation {(OrganisationRequest.IsName(name) ? name : "with a name that cannot be")}", "a registered organisation");

    private static void RequireFree(DbConnection connection, DbTransaction transaction, OrganisationKey key)
    {
        // A kid names one signer: with two owners, an issuer could be confused with another.
        if (OrganisationTable.OwnerOf(connection, transaction, key.Kid) is { } owner)
        {
            throw Refuse.Conflict($"key {key.Kid}, which is a key of {owner}", "a key of this organisation alone", "Make a key of your own with: iotattest key new");
        }
    }
}
