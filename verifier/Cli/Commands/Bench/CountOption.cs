using System.CommandLine;
using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Commands.Bench;

/// <summary>Options of benchmarks that say how many or how long.</summary>
internal static class CountOption
{
    public static Option<int> Create(string name, string description, int standard) => new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard };

    public static Option<int[]> CreateSeveral(string name, string description, int[] standard) =>
        new(name) { Description = description, HelpName = "N...", DefaultValueFactory = _ => standard, AllowMultipleArgumentsPerToken = true };

    /// <exception cref="CliException">It is not in the range.</exception>
    public static int Of(ParseResult parsed, Option<int> option, int least, int most)
    {
        int value = parsed.GetValue(option);
        return value >= least && value <= most ? value : throw CliException.WrongUsage($"{option.Name} {value}", FormattableString.Invariant($"{least:N0} to {most:N0}"), "choose a value in this range");
    }
}
