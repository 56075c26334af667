using System.CommandLine;
using System.CommandLine.Parsing;

namespace IotAttest.Cli.Options;

/// <summary>An option that takes an absolute URL.</summary>
internal static class UrlOption
{
    public static Option<Uri?> Create(string name, string description) => new(name) { Description = description, HelpName = "URL", CustomParser = Parse };

    private static Uri? Parse(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url))
        {
            return url;
        }

        result.AddError($"'{text}' is no URL such as https://registry.example.com/");
        return null;
    }
}
