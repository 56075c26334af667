using System.Globalization;
using System.Text;

namespace IotAttest.Service.Web;

/// <summary>Words, dates and numbers in the language of the page.</summary>
internal sealed class PageText(PageContext page)
{
    public string this[string key] => TextCatalogue.Find(page.Language, key);

    public string this[string key, params object?[] values] => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>The word for a value that data holds, such as a status; the value itself when it has no word yet.</summary>
    public string Word(string kind, string value)
    {
        string key = $"{kind}.{value}";
        return TextCatalogue.Has(key) ? this[key] : value;
    }

    /// <summary>A number with what is counted: <c>key.one</c> or <c>key.other</c>.</summary>
    public string Count(string key, long count) => this[count == 1 ? $"{key}.one" : $"{key}.other", Number(count)];

    public string Number(long number)
    {
        StringBuilder digits = new(number.ToString(CultureInfo.InvariantCulture));
        for (int at = digits.Length - 3; at > 0; at -= 3)
        {
            digits.Insert(at, this["number.group"]);
        }

        return digits.ToString();
    }

    public string Day(DateTimeOffset day) => this["date.day", day.UtcDateTime.Day, this[FormattableString.Invariant($"month.{day.UtcDateTime.Month}")], day.UtcDateTime.Year];

    public string Moment(DateTimeOffset moment) => this["date.moment", Day(moment), moment.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)];

    /// <summary>A day from a time of RFC 3339, as views hold it.</summary>
    public string Day(string moment) => Day(Parse(moment));

    public string Moment(string moment) => Moment(Parse(moment));

    private static DateTimeOffset Parse(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
