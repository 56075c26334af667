using System.Globalization;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Hosting;

/// <summary>Reads <c>limit</c> and <c>cursor</c>. A cursor is opaque to callers; here it is a row number.</summary>
internal readonly record struct Paging(int Limit, long? Cursor)
{
    public const int MaxLimit = 1000;
    public const int DefaultLimit = 100;

    /// <exception cref="ProblemException">Not a limit, or no cursor of this API.</exception>
    public static Paging Parse(string? limit, string? cursor) => new(ParseLimit(limit), ParseCursor(cursor));

    public static string CursorOf(long row) => row.ToString(CultureInfo.InvariantCulture);

    private static int ParseLimit(string? text)
    {
        if (text is null)
        {
            return DefaultLimit;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : throw Refuse.Malformed("another limit", $"limit=1 to {MaxLimit}", "Correct the limit and follow \"next\" for more.");
    }

    private static long? ParseCursor(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long row)
            ? row
            : throw Refuse.Malformed("a cursor that this API did not give", "the value of \"next\" of the page before", "Start again without a cursor.");
    }
}
