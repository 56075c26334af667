using System.Globalization;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Events;

/// <summary>Which events a listener wants: those after a cursor, of some types.</summary>
/// <param name="After">The last event that is known; the newest one when a listener says nothing.</param>
/// <param name="Kinds">Empty: all.</param>
/// <param name="Limit">Events in a page.</param>
internal sealed record EventQuery(long After, IReadOnlyList<EventKind> Kinds, int Limit)
{
    /// <exception cref="ProblemException">No cursor of this API, or an unknown type.</exception>
    public static EventQuery Parse(string? since, string? types, string? limit, long newest) =>
        new(ParseCursor(since) ?? newest, ParseTypes(types), Paging.Parse(limit, null).Limit);

    public static IReadOnlyList<EventKind> ParseTypes(string? types) => string.IsNullOrEmpty(types) ? [] : [.. types.Split(',').Select(ParseType)];

    private static EventKind ParseType(string name) =>
        EventTypes.Find(name) ?? throw Refuse.Malformed("an unknown event type", string.Join(", ", EventTypes.All), "Correct \"types\": names of the list above.");

    private static long? ParseCursor(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seq)
            ? seq
            : throw Refuse.Malformed("a cursor that this API did not give", "the id of an event, or 0 for all", "Start again with the id of the last event you have.");
    }
}
