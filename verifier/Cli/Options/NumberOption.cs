using System.CommandLine;
using System.Globalization;

namespace IotAttest.Cli.Options;

/// <summary>Options that take a whole number within limits.</summary>
internal static class NumberOption
{
    /// <summary>An option that may be left out.</summary>
    public static Option<long> Create(string name, string description, long min, long max, long fallback)
    {
        Option<long> option = Create(name, description, min, max);
        option.Required = false;
        option.DefaultValueFactory = _ => fallback;
        return option;
    }

    public static Option<long> Create(string name, string description, long min, long max) => new(name)
    {
        Description = $"{description} {min} to {max}.",
        Required = true,
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= min && number <= max)
            {
                return number;
            }

            result.AddError($"{name} takes a number from {min} to {max}, not '{text}'");
            return 0;
        },
    };
}
