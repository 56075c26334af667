using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace IotAttest.Cli.Options;

/// <summary>Options that take a span of time: <c>30d</c>, <c>12h</c>, <c>45m</c>, <c>90s</c>, or a number of seconds.</summary>
internal static class DurationOption
{
    private const double LongestSeconds = 3650d * 86_400;
    private const string Form = "30d, 12h, 45m, 90s; at most ten years.";

    /// <summary>An option that must be given.</summary>
    public static Option<TimeSpan> Create(string name, string description) => new(name)
    {
        Description = $"{description} {Form}",
        HelpName = "SPAN",
        Required = true,
        CustomParser = Parse,
    };

    /// <summary>An option with a default.</summary>
    public static Option<TimeSpan> Create(string name, string description, TimeSpan fallback) => new(name)
    {
        Description = $"{description} {Form}",
        HelpName = "SPAN",
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

        result.AddError($"'{text}' is no span of time such as 30d, 12h, 45m or 90s of at most ten years");
        return default;
    }

    private static bool TryParse(string text, out TimeSpan span)
    {
        (string digits, double secondsEach) = text.Length == 0 ? ("", 1) : text[^1] switch
        {
            's' => (text[..^1], 1),
            'm' => (text[..^1], 60),
            'h' => (text[..^1], 3600),
            'd' => (text[..^1], 86_400),
            _ => (text, 1.0),
        };
        bool isNumber = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        bool isFine = isNumber && number * secondsEach <= LongestSeconds;
        span = isFine ? TimeSpan.FromSeconds(number * secondsEach) : default;
        return isFine;
    }
}
