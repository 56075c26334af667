using System.CommandLine;
using System.CommandLine.Parsing;

namespace IotAttest.Cli.Options;

/// <summary><c>--image REGION=FILE</c>, once for each measured region.</summary>
internal static class ImageOption
{
    public static Option<Dictionary<string, string>> Create() =>
        Create("--image", "The file that was flashed into a measured region; once for each of them. Or inventory=FILE alone: the inventory text of a self-reported board.");

    /// <summary>The same under another name.</summary>
    public static Option<Dictionary<string, string>> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "REGION=FILE",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = Parse,
    };

    private static Dictionary<string, string> Parse(ArgumentResult result)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || equals == text.Length - 1)
            {
                result.AddError($"--image takes REGION=FILE, not '{text}'");
            }
            else if (!files.TryAdd(text[..equals], text[(equals + 1)..]))
            {
                result.AddError($"--image names the region '{text[..equals]}' twice");
            }
        }

        return files;
    }
}
