using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace IotAttest.Cli.Options;

/// <summary>Options that take a span of time: <c>300s</c>, <c>5m</c>, <c>2h</c>, or a number of seconds.</summary>
internal static class DurationOption
{
    private const double LongestSeconds = 86_400;

    public static Option<TimeSpan> Create(string name, string description, TimeSpan fallback) => new(name)
    {
        Description = $"{description} 300s, 5m, 2h; at most a day.",
        HelpName = "TIME",
        DefaultValueFactory = _ => fallback,
        CustomParser = Parse,
    };

    private static TimeSpan Parse(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (TryParse(text, out TimeSpan span))
        {
            return span;
        }

        result.AddError($"'{text}' is no time such as 300s, 5m or 2h");
        return default;
    }

    private static bool TryParse(string text, out TimeSpan span)
    {
        (string digits, double factor) = text.Length == 0 ? ("", 1) : text[^1] switch
        {
            's' => (text[..^1], 1),
            'm' => (text[..^1], 60),
            'h' => (text[..^1], 3600),
            _ => (text, 1.0),
        };
        bool isNumber = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        double seconds = number * factor;
        bool isFine = isNumber && seconds <= LongestSeconds;
        span = isFine ? TimeSpan.FromSeconds(seconds) : default;
        return isFine;
    }
}
