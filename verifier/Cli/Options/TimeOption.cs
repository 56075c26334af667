using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace IotAttest.Cli.Options;

/// <summary>Options that take a day or a moment, in whole seconds of UTC.</summary>
internal static class TimeOption
{
    private const string Day = "yyyy-MM-dd";

    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <summary>A start: a day means its first second.</summary>
    public static Option<DateTimeOffset?> Start(string name, string description) => Create(name, description, TimeSpan.Zero, isRequired: false);

    /// <summary>An end: a day means its last second, so that the day still counts.</summary>
    public static Option<DateTimeOffset?> End(string name, string description, bool isRequired = false) =>
        Create(name, description, TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1), isRequired);

    private static Option<DateTimeOffset?> Create(string name, string description, TimeSpan withinDay, bool isRequired) => new(name)
    {
        Description = $"{description} A day (2027-06-30, UTC) or a moment (2027-06-30T12:00:00Z).",
        HelpName = "DATE",
        Required = isRequired,
        CustomParser = result => Parse(result, withinDay),
    };

    private static DateTimeOffset? Parse(ArgumentResult result, TimeSpan withinDay)
    {
        string text = result.Tokens[^1].Value;
        if (DateTimeOffset.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset day) && day.Year >= 1970)
        {
            return day + withinDay;
        }

        // A moment without an offset would mean another one on every machine.
        bool hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T');
        if (hasOffset && DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset moment) && moment.Year >= 1970)
        {
            return moment.ToUniversalTime();
        }

        result.AddError($"'{text}' is no day such as 2027-06-30 and no moment such as 2027-06-30T12:00:00Z");
        return null;
    }
}
