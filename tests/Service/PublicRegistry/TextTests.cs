using System.Text.RegularExpressions;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Web;

namespace IotAttest.Service.Tests.PublicRegistry;

public sealed partial class TextTests
{
    [Fact]
    public void Every_text_is_there_in_both_languages() =>
        Assert.Equal(TextCatalogue.KeysOf(Language.English).Order(StringComparer.Ordinal), TextCatalogue.KeysOf(Language.German).Order(StringComparer.Ordinal));

    [Fact]
    public void A_translation_fills_in_the_same_values() => Assert.All(
        TextCatalogue.KeysOf(Language.English),
        key => Assert.Equal(ValuesOf(TextCatalogue.Find(Language.English, key)), ValuesOf(TextCatalogue.Find(Language.German, key))));

    [Fact]
    public void Every_status_has_a_word_and_a_sentence() => Assert.All(
        Enum.GetNames<CertificateStatus>().Append("NotBegun").Append("NotIssued"),
        status => Assert.True(TextCatalogue.Has($"status.{status}") && TextCatalogue.Has($"status.{status}.plain"), status));

    [Fact]
    public void Every_text_that_a_page_names_is_there()
    {
        string folder = Path.Combine(Root(), "verifier", "Service", "Web");
        string[] named = [.. Directory.EnumerateFiles(folder, "*.razor", SearchOption.AllDirectories).SelectMany(file => Named().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct()];

        Assert.True(named.Length > 100, $"only {named.Length} texts were found: has the way to write them changed?");
        Assert.DoesNotContain(named, key => !TextCatalogue.Has(key));
    }

    [Fact]
    public void The_pseudo_locale_keeps_what_is_filled_in()
    {
        string mirrored = string.Format(System.Globalization.CultureInfo.InvariantCulture, TextCatalogue.Find(Language.Mirrored, "version"), "1.0.0");

        Assert.StartsWith("\u202E", mirrored, StringComparison.Ordinal);
        Assert.Contains("1.0.0", mirrored, StringComparison.Ordinal);
    }

    private static string ValuesOf(string text) => string.Join(' ', Value().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IotAttest.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
    }

    [GeneratedRegex("""T\["([a-z0-9.A-Z]+)"[\],]""")]
    private static partial Regex Named();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Value();
}
