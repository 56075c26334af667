using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace IotAttest.Service.Access.Sessions;

/// <summary>The sessions of browsers, found by the SHA-256 of their id: 256 random bits that nobody guesses and that a signature would not make harder to guess.</summary>
internal sealed class SessionStore(TimeProvider clock)
{
    /// <summary>When there are more, the ones that were silent longest end.</summary>
    public const int MaxSessions = 10_000;

    private const int IdBytes = 32;
    private const int MaxIdLength = 64;

    private readonly ConcurrentDictionary<string, Session> _byHash = new(StringComparer.Ordinal);

    public int Count => _byHash.Count;

    /// <summary>Begins a session under an id that did not exist before; never under one that a browser brought (session fixation).</summary>
    public string Begin(string token, bool isIdToken = false)
    {
        MakeRoom();
        string id = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(IdBytes));
        DateTimeOffset now = clock.GetUtcNow();
        _byHash[HashOf(id)] = new Session(token, isIdToken, now, now);
        return id;
    }

    /// <summary>The session of an id, or null.</summary>
    /// <param name="id">As the browser sent it.</param>
    /// <param name="isSeen">True when somebody asks for a page; a connection that merely stays open is no sign of life.</param>
    public Session? Find(string id, bool isSeen)
    {
        if (id.Length > MaxIdLength || !_byHash.TryGetValue(HashOf(id), out Session? session))
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (session.IsOver(now))
        {
            End(id);
            return null;
        }

        // Only over what was read: a session that ended meanwhile stays ended.
        return !isSeen || _byHash.TryUpdate(HashOf(id), session with { LastSeen = now }, session) || _byHash.ContainsKey(HashOf(id)) ? session : null;
    }

    public void End(string id) => _byHash.TryRemove(HashOf(id), out _);

    private static string HashOf(string id) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id)));

    private void MakeRoom()
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach ((string hash, _) in _byHash.Where(pair => pair.Value.IsOver(now)))
        {
            _byHash.TryRemove(hash, out _);
        }

        foreach ((string hash, _) in _byHash.OrderBy(pair => pair.Value.LastSeen).Take(Math.Max(0, _byHash.Count - MaxSessions + 1)).ToArray())
        {
            _byHash.TryRemove(hash, out _);
        }
    }
}
