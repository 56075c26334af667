using System.Globalization;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Products;

/// <summary>Days in requests and answers: <c>2030-06-30</c>, in UTC.</summary>
internal static class DayText
{
    private const string Format = "yyyy-MM-dd";
    private const int FirstYear = 2000;
    private const int LastYear = 2199;

    public static string Of(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);

    public static string? Of(DateOnly? day) => day is { } known ? Of(known) : null;

    /// <summary>A day that this program stored.</summary>
    public static DateOnly? Stored(string? text) => text is null ? null : DateOnly.ParseExact(text, Format, CultureInfo.InvariantCulture);

    /// <summary>Null when the member is absent.</summary>
    /// <exception cref="ProblemException">Present, and no day.</exception>
    public static DateOnly? Parse(RequestFields fields, string name)
    {
        if (fields.OptionalText(name, Format.Length) is not { } text)
        {
            return null;
        }

        return DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Year is >= FirstYear and <= LastYear
            ? day
            : throw fields.Wrong(name, "no day", $"a day such as 2030-06-30, of the years {FirstYear} to {LastYear}");
    }
}
