namespace IotAttest.Domain.Appraisal.Texts;

/// <summary>Language tags (RFC 5646) of the languages there are.</summary>
public static class LanguageTags
{
    /// <summary><c>en</c> or <c>de</c>.</summary>
    public static string Tag(this Language language) => language switch
    {
        Language.English => "en",
        Language.German => "de",
        _ => throw new ArgumentOutOfRangeException(nameof(language)),
    };

    /// <summary>The language of a range such as <c>de</c> or <c>de-AT</c> (RFC 4647 section 3.4: the region is dropped); null for one there is no text in.</summary>
    public static Language? Find(string range)
    {
        ArgumentNullException.ThrowIfNull(range);
        string primary = range.Split('-')[0];
        foreach (Language language in Enum.GetValues<Language>())
        {
            if (primary.Equals(language.Tag(), StringComparison.OrdinalIgnoreCase))
            {
                return language;
            }
        }

        return null;
    }
}
