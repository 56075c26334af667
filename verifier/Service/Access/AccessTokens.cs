using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Access;

/// <summary>The tokens this verifier takes. Only their SHA-256 is kept: a token has 256 random bits, so a plain hash is enough.</summary>
internal sealed class AccessTokens
{
    public const string OperatorFile = "operator.token";
    private const int MaxTokenLength = 256;

    private readonly ConcurrentDictionary<ulong, Entry> _byPrefix = new();

    public AccessTokens(DataDirectory directory, Database database)
    {
        string operatorToken = directory.ReadOrCreateSecret(OperatorFile, DataDirectory.NewToken);
        Remember(HashOf(operatorToken), new AccessGrant([Roles.Operator], null));
        using SqliteConnection connection = database.Open();
        foreach ((byte[] hash, string roles, string? organisation, string? person) in connection.Query<(byte[], string, string?, string?)>("SELECT hash, roles, organisation, person FROM access_tokens", buffered: false))
        {
            Remember(hash, new AccessGrant(roles.Split(','), organisation, person ?? ""));
        }
    }

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Stores a token of an organisation; <see cref="Remember"/> follows after the commit.</summary>
    public static void Insert(SqliteConnection connection, SqliteTransaction transaction, byte[] hash, AccessGrant grant, long now) => connection.Execute(
        "INSERT INTO access_tokens (hash, roles, organisation, person, created_at) VALUES (@hash, @roles, @organisation, NULLIF(@person, ''), @now)",
        new { hash, roles = string.Join(',', grant.Roles), organisation = grant.Organisation, person = grant.Person, now },
        transaction);

    /// <summary>Deletes the tokens of a person, or all of the organisation's where the grant names no person; <see cref="RememberOnly"/> follows after the commit.</summary>
    public static void DeleteOf(SqliteConnection connection, SqliteTransaction transaction, AccessGrant grant) => connection.Execute(
        "DELETE FROM access_tokens WHERE organisation = @Organisation AND (@Person = '' OR person = @Person)", new { grant.Organisation, grant.Person }, transaction);

    public void Remember(byte[] hash, AccessGrant grant) => _byPrefix[Prefix(hash)] = new Entry(hash, grant);

    /// <summary>Takes this token of the grant's organisation, or of its person, and no other any more.</summary>
    public void RememberOnly(byte[] hash, AccessGrant grant)
    {
        foreach ((ulong prefix, Entry entry) in _byPrefix)
        {
            if (entry.Grant.Organisation == grant.Organisation && (grant.Person.Length == 0 || entry.Grant.Person == grant.Person))
            {
                _byPrefix.TryRemove(prefix, out _);
            }
        }

        Remember(hash, grant);
    }

    /// <summary>What a token allows, or null. The hash finds the entry, the whole hash is compared in constant time.</summary>
    public AccessGrant? Find(string token)
    {
        if (token.Length > MaxTokenLength)
        {
            return null;
        }

        byte[] hash = HashOf(token);
        return _byPrefix.TryGetValue(Prefix(hash), out Entry? entry) && CryptographicOperations.FixedTimeEquals(entry.Hash, hash) ? entry.Grant : null;
    }

    private static ulong Prefix(byte[] hash) => BinaryPrimitives.ReadUInt64BigEndian(hash);

    private sealed record Entry(byte[] Hash, AccessGrant Grant);
}
