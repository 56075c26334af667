namespace IotAttest.Mqtt;

/// <summary>Topic names and filters (MQTT 3.1.1 section 4.7), as UTF-8.</summary>
internal static class MqttTopic
{
    private const byte Separator = (byte)'/';
    private const byte SingleLevel = (byte)'+';
    private const byte MultiLevel = (byte)'#';

    /// <summary>[MQTT-4.7.3-1] at least one character; [MQTT-3.3.2-2] no wildcards.</summary>
    public static bool IsValidName(ReadOnlySpan<byte> topic) => !topic.IsEmpty && !topic.ContainsAny(SingleLevel, MultiLevel);

    /// <summary>A wildcard fills a whole level [MQTT-4.7.1-3], and '#' is the last one [MQTT-4.7.1-2].</summary>
    public static bool IsValidFilter(ReadOnlySpan<byte> filter)
    {
        for (int i = 0; i < filter.Length; i++)
        {
            bool startsLevel = i == 0 || filter[i - 1] == Separator;
            bool endsLevel = i == filter.Length - 1 || filter[i + 1] == Separator;
            bool isWildcard = filter[i] is SingleLevel or MultiLevel;
            bool isMisplaced = isWildcard && !(startsLevel && endsLevel);
            if (isMisplaced || (filter[i] == MultiLevel && i != filter.Length - 1))
            {
                return false;
            }
        }

        return !filter.IsEmpty;
    }

    /// <summary>Whether a valid filter covers a valid name. Topics that begin with '$' are not covered by a leading wildcard [MQTT-4.7.2-1].</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        if (topic is ['$', ..] && filter is ['+' or '#', ..])
        {
            return false;
        }

        while (true)
        {
            ReadOnlySpan<char> wanted = TakeLevel(ref filter, out bool filterEnds);
            if (wanted is "#")
            {
                return true;
            }

            ReadOnlySpan<char> level = TakeLevel(ref topic, out bool topicEnds);
            if (wanted is not "+" && !wanted.SequenceEqual(level))
            {
                return false;
            }

            if (filterEnds || topicEnds)
            {
                // Section 4.7.1.2: "sport/#" also matches "sport", as # includes the parent level.
                return topicEnds && (filterEnds || filter is "#");
            }
        }
    }

    private static ReadOnlySpan<char> TakeLevel(ref ReadOnlySpan<char> rest, out bool isLast)
    {
        int end = rest.IndexOf('/');
        isLast = end < 0;
        ReadOnlySpan<char> level = isLast ? rest : rest[..end];
        rest = isLast ? default : rest[(end + 1)..];
        return level;
    }
}
