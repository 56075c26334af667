using System.CommandLine;
using System.Globalization;

namespace IotAttest.Cli.Commands.Product;

/// <summary>Options that take a whole day in UTC.</summary>
internal static class DayOption
{
    private const string Format = "yyyy-MM-dd";

    public static Option<DateOnly> Required(string name, string description) => new(name)
    {
        Description = $"{description} A day such as 2030-06-30 (UTC).",
        HelpName = "DAY",
        Required = true,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (!DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            {
                result.AddError($"'{text}' is no day such as 2030-06-30");
            }

            return day;
        },
    };

    public static string TextOf(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);
}
