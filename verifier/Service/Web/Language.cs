namespace IotAttest.Service.Web;

/// <summary>A language that pages are written in.</summary>
/// <param name="Code">BCP 47.</param>
/// <param name="Name">In the language itself, for the switch; null for one that is never offered.</param>
/// <param name="Direction"><c>ltr</c> or <c>rtl</c>, as HTML wants it.</param>
internal sealed record Language(string Code, string? Name, string Direction)
{
    public static Language English { get; } = new("en", "English", "ltr");

    public static Language German { get; } = new("de", "Deutsch", "ltr");

    /// <summary>A pseudo-locale (CLDR): English that runs from right to left, to check layouts before anybody translates.</summary>
    public static Language Mirrored { get; } = new("ar-XB", null, "rtl");

    public static IReadOnlyList<Language> All { get; } = [English, German, Mirrored];

    public static IEnumerable<Language> Offered => All.Where(language => language.Name is not null);

    public static Language? Find(string? code) => All.FirstOrDefault(language => language.Code.Equals(code, StringComparison.OrdinalIgnoreCase));
}
