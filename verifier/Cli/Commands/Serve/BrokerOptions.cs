using System.CommandLine;
using IotAttest.Cli.Options;
using IotAttest.Service.Hosting;

namespace IotAttest.Cli.Commands.Serve;

/// <summary><c>--broker...</c>: the MQTT broker between boards and this verifier.</summary>
internal sealed class BrokerOptions : IServeOptions
{
    private readonly Option<Uri?> _broker = UrlOption.Create("--broker", "Take evidence from this MQTT broker too, mqtts://host:8883 or on this machine mqtt://127.0.0.1:1883; with --mqtt off from it alone.");
    private readonly Option<string?> _credential = CommonOptions.OptionalPath("--broker-credential-file", "A file with user:password for the broker.");
    private readonly Option<string?> _ca = CommonOptions.OptionalPath("--broker-ca", "PEM file with the roots of the broker's certificate; the system's when left out.");
    private readonly Option<string?> _group = new("--broker-group") { Description = "Share the broker's work with the verifiers of the same group ($share/GROUP/...), hard to guess; this verifier gets everything when left out.", HelpName = "GROUP" };

    public IEnumerable<Option> All => [_broker, _credential, _ca, _group];

    public VerifierOptions Apply(ParseResult parsed, VerifierOptions options) => options with
    {
        Broker = parsed.GetValue(_broker),
        BrokerCredentialFile = parsed.GetValue(_credential),
        BrokerCa = parsed.GetValue(_ca),
        BrokerGroup = parsed.GetValue(_group),
    };
}
