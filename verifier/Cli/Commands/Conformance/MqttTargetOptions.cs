using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Options;
using IotAttest.Cli.Suites;
using IotAttest.Conformance;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Mqtt;

namespace IotAttest.Cli.Commands.Conformance;

/// <summary>The way to a real board, and who does the steps that need a hand.</summary>
internal sealed class MqttTargetOptions
{
    private const int MaxPasswordBytes = 4096;
    private const string Skip = "skip";
    private static readonly ConformanceTimes Default = new();

    private readonly Option<string?> _broker = new("--mqtt") { Description = "Host and port of the broker that the board is connected to.", HelpName = "HOST:PORT" };
    private readonly Option<string?> _listen = new("--listen") { Description = "Instead of a broker: listen here, in plain, for the board itself.", HelpName = "ADDRESS:PORT" };
    private readonly Option<bool> _plainElsewhere = new("--plain-elsewhere") { Description = "Allow --listen on an address that others can reach: in a network of the laboratory's own." };
    private readonly Option<string?> _user = CommonOptions.OptionalText("--user", "User name at the broker.");
    private readonly Option<string?> _password = CommonOptions.OptionalPath("--password-file", "A file with the password at the broker.");
    private readonly Option<string?> _ca = CommonOptions.OptionalPath("--ca", "Connect to the broker with TLS; its certificate must descend from the CA in this PEM file.");
    private readonly Option<string?> _assume = new Option<string?>("--assume") { Description = "skip: leave out what a person would have to do." }.AcceptOnlyFromAmong(Skip);
    private readonly Option<TimeSpan> _stepTime = DurationOption.Create("--step-time", "How long a person is waited for at each step.", TimeSpan.FromMinutes(5));
    private readonly Option<TimeSpan> _answerTime = DurationOption.Create("--answer-time", "How long evidence is waited for.", Default.Answer);
    private readonly Option<TimeSpan> _quietTime = DurationOption.Create("--quiet-time", "How long is listened for what must not come.", Default.Quiet);

    public static MqttTargetOptions AddTo(Command command)
    {
        MqttTargetOptions options = new();
        foreach (Option option in new Option[]
        {
            options._broker, options._listen, options._plainElsewhere, options._user, options._password, options._ca, options._assume, options._stepTime, options._answerTime, options._quietTime,
        })
        {
            command.Options.Add(option);
        }

        return options;
    }

    public async Task<IBoardLink> ConnectAsync(CliContext context, ParseResult parsed, string ueid, string? credential, CancellationToken cancellation)
    {
        try
        {
            return (parsed.GetValue(_broker), parsed.GetValue(_listen)) switch
            {
                ({ } broker, null) => await BrokerLink.ConnectAsync(BrokerOf(parsed, broker), ueid, cancellation),
                (null, { } address) => await ListenAsync(context, parsed, address, ueid, credential, cancellation),
                _ => throw CliException.WrongUsage("--target mqtt without a way to the board, or with two", "--mqtt HOST:PORT or --listen ADDRESS:PORT", "name the broker, or the address that the board connects to"),
            };
        }
        catch (BoardLinkException cause)
        {
            throw CliException.Fault(cause.Message, "a broker that lets this tool in, or a free address", "correct the address, or the user and its rights on iotattest/v1/#");
        }
    }

    public IBoardControl ControlOf(CliContext context, ParseResult parsed) =>
        parsed.GetValue(_assume) == Skip ? new SkipControl() : new PromptControl(context.Terminal, parsed.GetRequiredValue(_stepTime));

    public ConformanceTimes TimesOf(ParseResult parsed) => new() { Answer = parsed.GetRequiredValue(_answerTime), Quiet = parsed.GetRequiredValue(_quietTime) };

    private async Task<IBoardLink> ListenAsync(CliContext context, ParseResult parsed, string address, string ueid, string? credential, CancellationToken cancellation)
    {
        if (!IPEndPoint.TryParse(address, out IPEndPoint? endpoint) || !address.Contains(':', StringComparison.Ordinal))
        {
            throw CliException.WrongUsage($"--listen {address}", "an address and a port", "write it like 127.0.0.1:1883");
        }

        if (!IPAddress.IsLoopback(endpoint.Address) && !parsed.GetValue(_plainElsewhere))
        {
            throw CliException.WrongUsage($"--listen {address}, in plain, where others can reach it", "a loopback address", "add --plain-elsewhere when the network is the laboratory's own");
        }

        EndpointLink link = await EndpointLink.ListenAsync(endpoint, ueid, credential, cancellation);
        context.Terminal.WriteNote(string.Create(CultureInfo.InvariantCulture, $"waiting for board {ueid} on {endpoint.Address}, port {link.Port}"));
        return link;
    }

    private MqttClientOptions BrokerOf(ParseResult parsed, string broker)
    {
        int colon = broker.LastIndexOf(':');
        bool isAddress = colon > 0 && int.TryParse(broker.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= ushort.MaxValue;
        string? user = parsed.GetValue(_user);
        string? password = parsed.GetValue(_password) is { } path ? InputFile.ReadText(path, MaxPasswordBytes).Trim() : null;
        if (!isAddress || (password is not null && user is null))
        {
            throw CliException.WrongUsage(isAddress ? "--password-file without --user" : $"--mqtt {broker}", isAddress ? "both" : "host and port", isAddress ? "add: --user NAME" : "write it like broker.example:1883");
        }

        string host = broker[..colon].Trim('[', ']');
        return new MqttClientOptions
        {
            Host = host,
            Port = int.Parse(broker.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture),
            ClientId = "iotattest-conformance",
            UserName = user,
            Password = password is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(password),
            Tls = parsed.GetValue(_ca) is { } ca ? TlsOf(host, ca) : null,
        };
    }

    private static SslClientAuthenticationOptions TlsOf(string host, string ca)
    {
        try
        {
            X509Certificate2 root = X509Certificate2.CreateFromPem(InputFile.ReadText(ca, 64 * 1024));
            return new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = OnlyUnder.Policy([root]) };
        }
        catch (CryptographicException)
        {
            throw CliException.WrongUsage($"no certificate in {ca}", "PEM with the label CERTIFICATE", "pass the CA of the broker's certificate");
        }
    }
}
