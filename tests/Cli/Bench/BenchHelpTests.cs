using System.Text.RegularExpressions;

namespace IotAttest.Cli.Tests.Bench;

/// <summary>The help of the benchmarks: what a value is, in one style, and how long the longest takes.</summary>
public sealed partial class BenchHelpTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData(5, "bench")]
    [InlineData(4, "bench", "scale")]
    [InlineData(2, "bench", "reappraise")]
    [InlineData(3, "bench", "gate")]
    [InlineData(4, "bench", "connections")]
    [InlineData(7, "bench", "veraison")]
    public async Task Values_are_named_in_capitals_or_listed(int least, params string[] words)
    {
        string help = (await _line.RunAsync([.. words, "--help"])).Ended(0).Out;

        string[] values = [.. OptionValue().Matches(help).Select(match => match.Groups[1].Value)];
        Assert.True(values.Length >= least, help);
        Assert.All(values, value => Assert.Matches("^([A-Z]+(\\.\\.\\.)?|[a-z0-9]+(\\|[a-z0-9]+)+)$", value));
    }

    [Fact]
    public async Task Veraison_says_how_long_all_of_it_takes()
    {
        string help = (await _line.RunAsync("bench", "veraison", "--help")).Ended(0).Out;

        Assert.Contains("10 runs with growing users and 5 with a growing store, 150 s each: about 38 minutes", help, StringComparison.Ordinal);
    }

    [GeneratedRegex("^ +--[a-z-]+ <([^>]+)>", RegexOptions.Multiline)]
    private static partial Regex OptionValue();
}
