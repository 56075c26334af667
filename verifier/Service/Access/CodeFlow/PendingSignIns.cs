using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace IotAttest.Service.Access.CodeFlow;

/// <summary>The sign-ins under way, each found by the cookie of the browser that began it, and taken once.</summary>
internal sealed class PendingSignIns(TimeProvider clock)
{
    /// <summary>When there are more, the oldest are forgotten.</summary>
    public const int MaxPending = 10_000;

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>As base64url 43 characters, as few as RFC 7636 section 4.1 takes.</summary>
    private const int SecretBytes = 32;

    private const int MaxIdLength = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PendingSignIn> _byHash = new(StringComparer.Ordinal);

    /// <summary>All live equally long: what began first is over first.</summary>
    private readonly Queue<(string Hash, DateTimeOffset Since)> _oldestFirst = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byHash.Count;
            }
        }
    }

    /// <summary>Begins a sign-in.</summary>
    /// <returns>The value of the cookie that finds it again, and what goes to the issuer.</returns>
    public (string Id, PendingSignIn Begun) Begin(string returnTo, string? sessionBefore)
    {
        string id = NewSecret();
        PendingSignIn begun = new(NewSecret(), NewSecret(), NewSecret(), returnTo, sessionBefore, clock.GetUtcNow());
        lock (_lock)
        {
            MakeRoom(begun.Since);
            _byHash[HashOf(id)] = begun;
            _oldestFirst.Enqueue((HashOf(id), begun.Since));
        }

        return (id, begun);
    }

    /// <summary>Takes the sign-in that this browser began with this state; a second time, with another state and after its time there is none.</summary>
    public PendingSignIn? Take(string id, string state)
    {
        if (id.Length > MaxIdLength)
        {
            return null;
        }

        lock (_lock)
        {
            // With another state it stays: whoever lures a browser here with an address of their own ends nothing.
            bool isKnown = _byHash.TryGetValue(HashOf(id), out PendingSignIn? begun) && IsSame(begun.State, state);
            return isKnown && _byHash.Remove(HashOf(id)) && !IsOver(begun!.Since, clock.GetUtcNow()) ? begun : null;
        }
    }

    private static bool IsSame(string expected, string seen) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(seen));

    private static bool IsOver(DateTimeOffset since, DateTimeOffset now) => now >= since + Longest;

    private static string NewSecret() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes));

    private static string HashOf(string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private void MakeRoom(DateTimeOffset now)
    {
        while (_oldestFirst.TryPeek(out (string Hash, DateTimeOffset Since) oldest) && (IsOver(oldest.Since, now) || _oldestFirst.Count >= MaxPending))
        {
            _oldestFirst.Dequeue();
            _byHash.Remove(oldest.Hash);
        }
    }
}
