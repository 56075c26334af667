using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Access;

/// <summary>The tokens this verifier takes. Only their SHA-256 is kept: a token has 256 random bits, so a plain hash is enough.</summary>
internal sealed class AccessTokens
{
    public const string OperatorFile = "operator.token";
    private const int MaxTokenLength = 256;

    private readonly ConcurrentDictionary<ulong, Entry> _byPrefix = new();
    private readonly ConcurrentDictionary<string, AccessGrant> _byId = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;

    public AccessTokens(DataDirectory directory, Database database, TimeProvider clock)
    {
        _clock = clock;
        string operatorToken = directory.ReadOrCreateSecret(OperatorFile, DataDirectory.NewToken);
        Remember(HashOf(operatorToken), new AccessGrant([Roles.Operator], null));
        using DbConnection connection = database.Open();
        foreach (AccessTokenRow row in AccessTokenTable.All(connection))
        {
            Remember(row.Hash, row.ToGrant());
        }
    }

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public void Remember(byte[] hash, AccessGrant grant)
    {
        _byPrefix[Prefix(hash)] = new Entry(hash, grant);
        if (grant.TokenId.Length > 0)
        {
            _byId[grant.TokenId] = grant;
        }
    }

    /// <summary>Takes these tokens of organisations, and no others any more; the operator's stays.</summary>
    public void RememberAll(IReadOnlyCollection<AccessTokenRow> rows)
    {
        HashSet<string> ids = [.. rows.Select(row => row.Id)];
        Drop(known => known.TokenId.Length > 0 && !ids.Contains(known.TokenId));
        foreach (AccessTokenRow row in rows)
        {
            Remember(row.Hash, row.ToGrant());
        }
    }

    /// <summary>Takes this token of the grant's organisation, or of its person, and no other any more.</summary>
    public void RememberOnly(byte[] hash, AccessGrant grant)
    {
        Drop(known => known.Organisation == grant.Organisation && (grant.Person.Length == 0 || known.Person == grant.Person));
        Remember(hash, grant);
    }

    /// <summary>Takes this token no more.</summary>
    public void Forget(string tokenId) => Drop(known => known.TokenId == tokenId);

    /// <summary>What a token allows; null for an unknown one and for one whose time is over. The hash finds the entry, the whole hash is compared in constant time.</summary>
    public AccessGrant? Find(string token)
    {
        if (token.Length > MaxTokenLength)
        {
            return null;
        }

        byte[] hash = HashOf(token);
        bool isKnown = _byPrefix.TryGetValue(Prefix(hash), out Entry? entry) && CryptographicOperations.FixedTimeEquals(entry.Hash, hash);
        return isKnown && IsInTime(entry!.Grant) ? entry.Grant : null;
    }

    /// <summary>What the token of this id allows; null for one that was revoked and for one whose time is over.</summary>
    public AccessGrant? FindById(string tokenId) => _byId.TryGetValue(tokenId, out AccessGrant? grant) && IsInTime(grant) ? grant : null;

    private static ulong Prefix(byte[] hash) => BinaryPrimitives.ReadUInt64BigEndian(hash);

    private bool IsInTime(AccessGrant grant) => !(grant.ExpiresAt <= _clock.GetUtcNow());

    private void Drop(Func<AccessGrant, bool> isGone)
    {
        foreach ((ulong prefix, Entry entry) in _byPrefix)
        {
            if (isGone(entry.Grant))
            {
                _byPrefix.TryRemove(prefix, out _);
                _byId.TryRemove(entry.Grant.TokenId, out _);
            }
        }
    }

    private sealed record Entry(byte[] Hash, AccessGrant Grant);
}
