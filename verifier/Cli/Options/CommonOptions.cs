using System.CommandLine;

namespace IotAttest.Cli.Options;

/// <summary>Options and arguments that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    public static Option<bool> Force() => new("--force") { Description = "Replace files that exist." };

    /// <summary>A required option that names a file.</summary>
    public static Option<string> Path(string name, string description) => new(name) { Description = description, Required = true, HelpName = "FILE" };

    /// <summary>A required option with a word or a sentence.</summary>
    public static Option<string> Text(string name, string description) => new(name) { Description = description, Required = true };

    public static Option<string?> OptionalPath(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    public static Option<string?> OptionalText(string name, string description) => new(name) { Description = description };

    public static Argument<string> FileArgument(string description) => new("FILE") { Description = description };
}
