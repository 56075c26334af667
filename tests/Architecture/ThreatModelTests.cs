using System.Text.RegularExpressions;

namespace IotAttest.Architecture.Tests;

/// <summary>The threat model names the test that shows each defence, and no test that is not there.</summary>
public sealed partial class ThreatModelTests
{
    private const string Document = "docs/threat-model.md";
    private const int TestColumn = 3;

    // What is written against attackers and faults alone; tests elsewhere may show a defence beside other things.
    private static readonly string[] Folders = ["/Attacks/", "/EndToEnd/Long/", "/EndToEnd/Whole/"];

    private static readonly ILookup<string, string> Sources = (
        from file in Checkout.Files
        where file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
        let text = Read(file)
        from Match declared in ClassName().Matches(text)
        select (declared.Groups[1].Value, Text: text)).ToLookup(each => each.Value, each => each.Text);

    [Fact]
    public void Every_test_class_against_attacks_and_faults_is_cited()
    {
        string[] written = [.. Checkout.Files.Where(IsAgainstSomebody).Select(file => Path.GetFileNameWithoutExtension(file))];

        Assert.NotEmpty(written);
        Assert.Empty(written.Except(Citations(Read(Document)).Select(citation => citation.Class)));
    }

    [Fact]
    public void Every_test_that_is_cited_is_there() =>
        Assert.Empty(Citations(Read(Document)).Where(citation => !IsThere(citation.Class, citation.Method)).Select(citation => $"{citation.Class}.{citation.Method}"));

    [Theory]
    [InlineData("| **a** | b | `c.cs` | `XTests`, End `YTests.Does_it`, `..Does_more` | `z` |", "XTests. YTests.Does_it YTests.Does_more")]
    [InlineData("| **a** | b | c | | d |", "")]
    [InlineData("`XTests` in the text", "")]
    public void Tests_are_cited_in_their_column(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', Citations(line).Select(citation => $"{citation.Class}.{citation.Method}")));

    [Theory]
    [InlineData(nameof(ThreatModelTests), "", true)]
    [InlineData(nameof(ThreatModelTests), nameof(Every_test_that_is_cited_is_there), true)]
    [InlineData(nameof(ThreatModelTests), "Every_test_that_is", false)]
    [InlineData("ThreatModelTest", "", false)]
    public void A_test_is_there_by_its_whole_name(string type, string method, bool expected) => Assert.Equal(expected, IsThere(type, method));

    private static bool IsAgainstSomebody(string file) =>
        file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith("Tests.cs", StringComparison.Ordinal) && Folders.Any(folder => file.Contains(folder, StringComparison.Ordinal));

    private static bool IsThere(string type, string method) =>
        Sources.Contains(type) && (method.Length == 0 || Sources[type].Any(text => Regex.IsMatch(text, $@"\b{Regex.Escape(method)}\(")));

    /// <summary>The tests that the rows of the table name; <c>..Method</c> is one of the class named before it.</summary>
    private static IEnumerable<(string Class, string Method)> Citations(string document)
    {
        foreach (string line in document.Split('\n').Where(line => line.StartsWith("| **", StringComparison.Ordinal)))
        {
            string type = "";
            foreach (Match span in CodeSpan().Matches(line.Split('|', StringSplitOptions.TrimEntries)[TestColumn + 1]))
            {
                string[] names = span.Groups[1].Value.Split('.', 2);
                type = names[0].Length > 0 ? names[0] : type;
                yield return (type, names.Length > 1 ? names[1].TrimStart('.') : "");
            }
        }
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Checkout.Root, file));

    [GeneratedRegex(@"^\s*(?:public|internal)[\w ]* class (\w+)", RegexOptions.Multiline)]
    private static partial Regex ClassName();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
