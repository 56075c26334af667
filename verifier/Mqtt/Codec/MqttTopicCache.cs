using System.Text;

namespace IotAttest.Mqtt;

/// <summary>The last few topics of one connection as strings: a board publishes to two topics for ever, and a string a packet would be garbage.</summary>
internal sealed class MqttTopicCache
{
    private const int Capacity = 4;

    private readonly (byte[] Utf8, string Text)[] _entries = new (byte[], string)[Capacity];
    private int _next;

    /// <summary>The string for a topic that was validated as UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        foreach ((byte[] known, string text) in _entries)
        {
            if (known is not null && utf8.SequenceEqual(known))
            {
                return text;
            }
        }

        string topic = Encoding.UTF8.GetString(utf8);
        _entries[_next] = (utf8.ToArray(), topic);
        _next = (_next + 1) % Capacity;
        return topic;
    }
}
