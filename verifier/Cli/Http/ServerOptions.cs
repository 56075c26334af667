using System.CommandLine;
using System.CommandLine.Parsing;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;

namespace IotAttest.Cli.Http;

/// <summary><c>--server</c>, <c>--token</c>, <c>--token-file</c>: which verifier, and on whose behalf.</summary>
internal sealed class ServerOptions
{
    private const string DefaultServer = "http://127.0.0.1:8080";
    private const string TokenVariable = "IOTATTEST_TOKEN";
    private const int MaxTokenBytes = 8 * 1024;

    private static readonly string DefaultTokenFile = Path.Combine("iotattest-data", "operator.token");

    private readonly Option<Uri> _server = new("--server")
    {
        Description = $"The verifier; {DefaultServer} when left out.",
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri(DefaultServer),
        CustomParser = ParseServer,
    };

    private readonly Option<string?> _token = new("--token") { Description = $"The API token; better in {TokenVariable} or a file, where other users do not see it." };
    private readonly Option<string?> _tokenFile = new("--token-file") { Description = "A file with the API token.", HelpName = "FILE" };

    private ServerOptions()
    {
    }

    public static ServerOptions AddTo(Command command)
    {
        ServerOptions options = new();
        command.Options.Add(options._server);
        command.Options.Add(options._token);
        command.Options.Add(options._tokenFile);
        return options;
    }

    public VerifierClient Connect(CliContext context, ParseResult parsed)
    {
        Uri server = parsed.GetRequiredValue(_server);
        string? token = FindToken(context, parsed, server);
        if (token is not null && server.Scheme == Uri.UriSchemeHttp && !server.IsLoopback)
        {
            context.Terminal.WriteWarning($"the token travels unencrypted to {server.Host}; use https");
        }

        return new VerifierClient(server, token);
    }

    private string? FindToken(CliContext context, ParseResult parsed, Uri server)
    {
        string? token = parsed.GetValue(_token);
        string? file = parsed.GetValue(_tokenFile);
        if (token is not null && file is not null)
        {
            throw CliException.WrongUsage("--token and --token-file", "one of the two", "leave one out");
        }

        token ??= file is null ? context.Environment(TokenVariable) : InputFile.ReadText(file, MaxTokenBytes);
        return string.IsNullOrWhiteSpace(token) ? OperatorToken(context, server) : Check(token.Trim());
    }

    // The operator's token of the verifier on this machine is for that verifier alone.
    private static string? OperatorToken(CliContext context, Uri server)
    {
        string path = Path.Combine(context.WorkingDirectory, DefaultTokenFile);
        if (!server.IsLoopback || !File.Exists(path))
        {
            return null;
        }

        context.Terminal.WriteNote($"using the operator's token from ./{DefaultTokenFile.Replace('\\', '/')}");
        return Check(InputFile.ReadText(path, MaxTokenBytes).Trim());
    }

    private static string Check(string token) => token.All(character => character is > ' ' and <= '~')
        ? token
        : throw CliException.WrongUsage("a token with spaces, line ends or other characters that no token has", "one line of printable ASCII", "pass the token exactly as it was shown");

    private static Uri? ParseServer(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? server) && server.Scheme is "http" or "https" && server!.PathAndQuery == "/" && server.UserInfo.Length == 0)
        {
            return server;
        }

        result.AddError($"--server takes a URL such as {DefaultServer}, not '{text}'");
        return null;
    }
}
