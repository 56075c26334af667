using System.CommandLine;
using System.Net;

namespace IotAttest.Cli.Commands.Tls;

/// <summary>Options of both <c>tls</c> commands.</summary>
internal static class TlsOptions
{
    private const int DefaultDays = 397;
    private const int MaxDays = 3650;

    public static Option<string> Folder(string description, string name) => new(name) { Description = description, Required = true, HelpName = "DIR" };

    public static Option<string[]> Names(string description, bool isRequired)
    {
        Option<string[]> names = new("--name") { Description = description, Required = isRequired, HelpName = "HOST" };
        names.Validators.Add(result =>
        {
            foreach (string wrong in result.Tokens.Select(token => token.Value).Where(name => !IsName(name)))
            {
                result.AddError($"--name {wrong} is no host name and no IP address; write what boards connect to, without port.");
            }
        });
        return names;
    }

    public static Option<int> Days()
    {
        Option<int> days = new("--days") { Description = $"How long the server's certificate is good, 1 to {MaxDays}.", DefaultValueFactory = _ => DefaultDays };
        days.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out int value) && value is >= 1 and <= MaxDays))
            {
                result.AddError($"--days {result.Tokens[0].Value}; write 1 to {MaxDays}.");
            }
        });
        return days;
    }

    private static bool IsName(string name) =>
        IPAddress.TryParse(name, out _) || (Uri.CheckHostName(name) == UriHostNameType.Dns && name.All(char.IsAscii));
}
