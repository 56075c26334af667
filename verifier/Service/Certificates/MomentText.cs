using System.Globalization;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Certificates;

/// <summary>A day or a moment (RFC 3339 section 5.6) in a request. A day means its last second in UTC, as it does on the command line.</summary>
internal readonly record struct MomentText(DateTimeOffset Moment, bool IsDay)
{
    private const string Day = "yyyy-MM-dd";

    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <exception cref="ProblemException">Neither, or a moment without an offset.</exception>
    public static MomentText Parse(string name, string text)
    {
        if (DateTimeOffset.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset day) && day.Year is >= 1970 and < 9999)
        {
            return new MomentText(day.AddDays(1).AddSeconds(-1), IsDay: true);
        }

        // A moment without an offset would mean another one on every machine.
        bool hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        return hasOffset && DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset moment) && moment.Year is >= 1970 and < 9999
            ? new MomentText(moment.ToUniversalTime(), IsDay: false)
            : throw Refuse.Malformed($"\"{name}\" is no day and no moment", "2027-06-30 or 2027-06-30T12:00:00Z", $"Correct \"{name}\".");
    }

    /// <summary>Reads the query parameter <c>at</c>.</summary>
    /// <returns>The moment; today is cut off at now. Null when there is no parameter.</returns>
    /// <exception cref="ProblemException">No moment, or one in the future: what will be decided until then is not known.</exception>
    public static DateTimeOffset? ParsePast(string? at, DateTimeOffset now)
    {
        if (at is null)
        {
            return null;
        }

        MomentText asked = Parse("at", at);
        if (asked.IsDay && asked.Moment.Date == now.UtcDateTime.Date)
        {
            return now;
        }

        return asked.Moment <= now
            ? asked.Moment
            : throw Refuse.Malformed("\"at\" in the future", "a day or moment that is past: nobody knows what will be decided", "Ask without \"at\" for now.");
    }
}
