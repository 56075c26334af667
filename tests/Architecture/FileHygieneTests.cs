using System.Text.RegularExpressions;

namespace IotAttest.Architecture.Tests;

public sealed partial class FileHygieneTests
{
    private static readonly string[] TextEndings =
    [
        ".cs", ".csproj", ".nfproj", ".props", ".targets", ".sln", ".md", ".json", ".jsonl", ".py", ".cpp", ".h", ".c", ".cmake", ".txt",
        ".sql", ".yml", ".yaml", ".diag", ".cddl", ".sh", ".html", ".css", ".js", ".svg", ".xml", ".csv", ".editorconfig", ".gitignore",
    ];

    [Fact]
    public void Sources_use_no_region() =>
        Assert.DoesNotContain(Checkout.Files, file => file.EndsWith(".cs", StringComparison.Ordinal) && Region().IsMatch(Read(file)));

    [Fact]
    public void No_file_names_a_path_of_one_machine() =>
        Assert.Empty(Checkout.Files.Where(IsText).SelectMany(file => MachinePath().Matches(Read(file)).Select(match => $"{file}: {match.Value}")));

    [Theory]
    [InlineData("see #/ho#me/ann/notes", true)]
    [InlineData("(#/ro#ot/.config)", true)]
    [InlineData("\"#/wo#rk/main\"", true)]
    [InlineData("https://example.org/wo#rk/item", false)]
    [InlineData("docs/wo#rk/item", false)]
    public void A_machine_path_is_an_absolute_one(string text, bool expected) =>
        Assert.Equal(expected, MachinePath().IsMatch(text.Replace("#", "", StringComparison.Ordinal)));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = Read("IotAttest.sln").Replace('\\', '/');

        Assert.DoesNotContain(Checkout.Projects, project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal));
    }

    private static bool IsText(string file) => TextEndings.Contains(Path.GetExtension(file)) || Path.GetExtension(file).Length == 0;

    private static string Read(string file) => File.ReadAllText(Path.Combine(Checkout.Root, file));

    [GeneratedRegex(@"^\s*#\s*region", RegexOptions.Multiline)]
    private static partial Regex Region();

    // The last letters stand in brackets so that this file does not find itself.
    [GeneratedRegex(@"(?<![\w.:/~}])/(?:wor[k]|hom[e]|roo[t])/")]
    private static partial Regex MachinePath();
}
