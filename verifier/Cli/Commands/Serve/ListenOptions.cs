using System.CommandLine;
using IotAttest.Cli.Options;
using IotAttest.Service.Hosting;

namespace IotAttest.Cli.Commands.Serve;

/// <summary>Where the verifier listens, and how much of it one caller may use.</summary>
internal sealed class ListenOptions : IServeOptions
{
    private static readonly VerifierOptions Default = new();

    private readonly Option<string> _http = Address("--http", "Where HTTP listens; port 0 takes any free one.", Default.Http);
    private readonly Option<string> _mqtt = Address("--mqtt", "Where plain MQTT listens; 'off' for nowhere.", Default.Mqtt!);
    private readonly Option<string> _mqtts = Address("--mqtts", "Where MQTT over TLS listens, once --mqtts-certificate is given; 'off' for nowhere.", Default.Mqtts!);
    private readonly Option<string?> _certificate = CommonOptions.OptionalPath("--mqtts-certificate", "PEM file with certificate chain and private key for --mqtts; read again when it changes.");
    private readonly Option<string?> _clientCa = CommonOptions.OptionalPath("--mqtts-client-ca", "PEM file with roots: boards must present a certificate under one of them (mutual TLS).");
    private readonly Option<bool> _keepBuffers = new("--mqtts-keep-buffers") { Description = "Leave OpenSSL's record buffers, a third of their memory, to TLS connections that are idle." };
    private readonly Option<bool> _plainElsewhere = new("--plain-elsewhere") { Description = "Allow plain HTTP and MQTT on addresses that others can reach: only behind something that does TLS." };
    private readonly Option<long> _connections = NumberOption.Create("--http-connections", "HTTP connections at a time; MQTT has a limit of its own.", 16, 100_000, Default.HttpConnections);
    private readonly Option<long> _perAddress = NumberOption.Create("--http-connections-per-address", "Of these, from one address that is not this machine's; a proxy in front is one address.", 8, 100_000, Default.HttpConnectionsPerAddress);
    private readonly Option<long> _mqttConnections = NumberOption.Create("--mqtt-connections", "MQTT connections at a time, handshakes of TLS among them.", 16, 1_000_000, Default.MqttConnections);
    private readonly Option<long> _mqttPerAddress = NumberOption.Create("--mqtt-connections-per-address", "Of these, from one address that is not this machine's; boards behind one router are one address.", 8, 1_000_000, Default.MqttConnectionsPerAddress);
    private readonly Option<long> _messages = NumberOption.Create("--board-messages", "Messages that one board may send over MQTT, per second; bursts of five times that.", 10, 100_000, Default.BoardMessagesPerSecond);
    private readonly Option<long> _requests = NumberOption.Create("--board-requests", "Challenges and evidence that one address may send over HTTP, per second; bursts of five times that. Raise it where many boards share an address.", 40, 100_000, Default.BoardRequestsPerSecond);

    public IEnumerable<Option> All => [_http, _mqtt, _mqtts, _certificate, _clientCa, _keepBuffers, _plainElsewhere, _connections, _perAddress, _mqttConnections, _mqttPerAddress, _messages, _requests];

    public VerifierOptions Apply(ParseResult parsed, VerifierOptions options) => options with
    {
        Http = parsed.GetRequiredValue(_http),
        Mqtt = UnlessOff(parsed.GetRequiredValue(_mqtt)),
        Mqtts = UnlessOff(parsed.GetRequiredValue(_mqtts)),
        MqttsCertificate = parsed.GetValue(_certificate),
        MqttsClientCa = parsed.GetValue(_clientCa),
        MqttsKeepBuffers = parsed.GetValue(_keepBuffers),
        AllowPlainElsewhere = parsed.GetValue(_plainElsewhere),
        HttpConnections = (int)parsed.GetValue(_connections),
        HttpConnectionsPerAddress = (int)parsed.GetValue(_perAddress),
        MqttConnections = (int)parsed.GetValue(_mqttConnections),
        MqttConnectionsPerAddress = (int)parsed.GetValue(_mqttPerAddress),
        BoardMessagesPerSecond = (int)parsed.GetValue(_messages),
        BoardRequestsPerSecond = (int)parsed.GetValue(_requests),
    };

    private static Option<string> Address(string name, string description, string fallback) =>
        new(name) { Description = description, HelpName = "ADDRESS", DefaultValueFactory = _ => fallback };

    private static string? UnlessOff(string address) => address == "off" ? null : address;
}
