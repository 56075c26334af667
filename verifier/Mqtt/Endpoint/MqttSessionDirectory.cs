using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Mqtt;

/// <summary>The sessions that are open now, by client identifier. Thread safe; enumeration is a moving picture.</summary>
public sealed class MqttSessionDirectory : IEnumerable<MqttSession>
{
    private readonly ConcurrentDictionary<string, MqttSession> _sessions = new(StringComparer.Ordinal);

    public int Count => _sessions.Count;

    public bool TryGet(string clientId, [NotNullWhen(true)] out MqttSession? session) => _sessions.TryGetValue(clientId, out session);

    public IEnumerator<MqttSession> GetEnumerator()
    {
        foreach (KeyValuePair<string, MqttSession> entry in _sessions)
        {
            yield return entry.Value;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Enters a session and returns the older one that it takes over from, which the caller closes [MQTT-3.1.4-2].</summary>
    internal MqttSession? Enter(MqttSession session)
    {
        while (!_sessions.TryAdd(session.ClientId, session))
        {
            if (_sessions.TryGetValue(session.ClientId, out MqttSession? older) && _sessions.TryUpdate(session.ClientId, session, older))
            {
                return older;
            }
        }

        return null;
    }

    /// <summary>Removes this session; a newer one with its identifier stays.</summary>
    internal void Leave(MqttSession session) => _sessions.TryRemove(KeyValuePair.Create(session.ClientId, session));
}
