using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace IotAttest.Cli.Options;

/// <summary>Options that take a span of time: <c>30d</c>, <c>12h</c>, <c>45m</c>, <c>90s</c>.</summary>
internal static class DurationOption
{
    private const double MaxDays = 3650;

    public static Option<TimeSpan> Create(string name, string description) => new(name)
    {
        Description = $"{description} A number and d, h, m or s: 30d. At most ten years.",
        HelpName = "SPAN",
        Required = true,
        CustomParser = Parse,
    };

    /// <summary>The same, with a value for when it is left out.</summary>
    public static Option<TimeSpan> Create(string name, string description, TimeSpan fallback)
    {
        Option<TimeSpan> option = Create(name, description);
        option.Required = false;
        option.DefaultValueFactory = _ => fallback;
        return option;
    }

    private static TimeSpan Parse(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        double daysEach = text.Length > 0 ? text[^1] switch { 'd' => 1, 'h' => 1.0 / 24, 'm' => 1.0 / 1440, 's' => 1.0 / 86400, _ => 0 } : 0;
        if (daysEach > 0 && uint.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out uint count) && count * daysEach <= MaxDays)
        {
            return TimeSpan.FromSeconds(Math.Round(count * daysEach * 86400));
        }

        result.AddError($"'{text}' is no span of time such as 30d, 12h, 45m or 90s of at most ten years");
        return default;
    }
}
