using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Hosting;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;
using IotAttest.Service.Hosting;

namespace IotAttest.Cli.Commands.Serve;

/// <summary><c>serve</c>: the verifier.</summary>
internal static class ServeCommand
{
    private const string DatabaseVariable = "IOTATTEST_DATABASE";

    private static readonly VerifierOptions Default = new();

    public static Command Create(CliContext context)
    {
        Option<string> data = WithDefault("--data", "DIR", "The folder with database, keys and the operator's token; made when missing.", Default.DataDirectory);
        Option<string?> database = new("--database")
        {
            Description = $"Keep everything but the keys in this PostgreSQL database instead of SQLite, as in \"Host=127.0.0.1;Database=iotattest;Username=iotattest\"; {DatabaseVariable} when left out. The password belongs into PGPASSWORD or a Passfile.",
            HelpName = "CONNECTION",
        };
        Option<string> http = WithDefault("--http", "ADDRESS", "Where HTTP listens; port 0 takes any free one.", Default.Http);
        Option<string> mqtt = WithDefault("--mqtt", "ADDRESS", "Where plain MQTT listens; 'off' for nowhere.", Default.Mqtt!);
        Option<string> mqtts = WithDefault("--mqtts", "ADDRESS", "Where MQTT over TLS listens, once --mqtts-certificate is given; 'off' for nowhere.", Default.Mqtts!);
        Option<string?> certificate = CommonOptions.OptionalPath("--mqtts-certificate", "PEM file with certificate chain and private key for --mqtts; read again when it changes.");
        Option<string?> clientCa = CommonOptions.OptionalPath("--mqtts-client-ca", "PEM file with roots: boards must present a certificate under one of them (mutual TLS).");
        Option<bool> plainElsewhere = new("--plain-elsewhere") { Description = "Allow plain HTTP and MQTT on addresses that others can reach: only behind something that does TLS." };
        Option<TimeSpan> every = DurationOption.Create("--attest-every", "How often each board is challenged, at least 1s.", Default.AttestEvery);
        Option<TimeSpan> grace = DurationOption.Create("--silence-grace", "Added to two intervals before a silent board is Stale.", Default.SilenceGrace);
        Option<string[]> hosts = new("--webhook-allow") { Description = "A host that webhooks may reach although it is private or without TLS; may stand several times.", HelpName = "HOST", DefaultValueFactory = _ => [] };
        Option<Uri?> publicUrl = UrlOption.Create("--public-url", "The address under which everybody reaches the pages, as labels and feeds carry it; where HTTP listens when left out.");
        Option<long> messages = NumberOption.Create("--board-messages", "Messages that one board may send over MQTT, per second; bursts of five times that.", 10, 100_000, Default.BoardMessagesPerSecond);
        Option<long> requests = NumberOption.Create("--board-requests", "Challenges and evidence that one address may send over HTTP, per second; bursts of five times that. Raise it where many boards share an address.", 40, 100_000, Default.BoardRequestsPerSecond);
        BrokerOptions broker = new();
        ClusterOptions cluster = new();
        OidcOptions oidc = new();
        OperationOptions operation = new(context);
        Option<bool> json = new("--json") { Description = "The first line of output is one JSON object: http, mqtt, mqtts, data, token." };
        Command command = new("serve", "Runs the verifier until Ctrl-C. Logs go to stderr.")
        {
            data, database, http, mqtt, mqtts, certificate, clientCa, plainElsewhere, every, grace, hosts, publicUrl, messages, requests, json,
        };
        broker.AddTo(command);
        cluster.AddTo(command);
        oidc.AddTo(command);
        operation.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            VerifierOptions options = new()
            {
                DataDirectory = parsed.GetRequiredValue(data),
                Database = parsed.GetValue(database) ?? context.Environment(DatabaseVariable),
                Http = parsed.GetRequiredValue(http),
                Mqtt = UnlessOff(parsed.GetRequiredValue(mqtt)),
                Mqtts = UnlessOff(parsed.GetRequiredValue(mqtts)),
                MqttsCertificate = parsed.GetValue(certificate),
                MqttsClientCa = parsed.GetValue(clientCa),
                AllowPlainElsewhere = parsed.GetValue(plainElsewhere),
                AttestEvery = parsed.GetValue(every),
                SilenceGrace = parsed.GetValue(grace),
                WebhookHosts = parsed.GetValue(hosts) ?? [],
                PublicUrl = parsed.GetValue(publicUrl),
                BoardMessagesPerSecond = (int)parsed.GetValue(messages),
                BoardRequestsPerSecond = (int)parsed.GetValue(requests),
            };
            options = operation.Apply(parsed, oidc.Apply(parsed, cluster.Apply(parsed, broker.Apply(parsed, options))));
            return await RunAsync(context, options, parsed.GetValue(json), operation.LogsJson(parsed), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, VerifierOptions options, bool asJson, bool logsJson, CancellationToken cancellation)
    {
        Terminal terminal = context.Terminal;
        string? manager = context.Environment(ServiceManager.SocketVariable);
        await using RunningVerifier verifier = await RunningVerifier.StartAsync(options, builder => builder.ToStandardError(logsJson), cancellation);
        Announce(terminal, verifier, options, asJson);
        if (!ServiceManager.TryTell(manager, ServiceManager.Ready))
        {
            terminal.WriteWarning($"nobody took {ServiceManager.Ready} at {manager}; a service of type notify will be ended as one that did not start.");
        }

        using CancellationTokenRegistration stopping = cancellation.Register(() => ServiceManager.TryTell(manager, ServiceManager.Stopping));
        await verifier.WaitForShutdownAsync(cancellation);
        if (!asJson)
        {
            terminal.WriteLine("Stopped. All data is kept; start again with the same --data.");
        }

        return ExitCode.Fine;
    }

    private static void Announce(Terminal terminal, RunningVerifier verifier, VerifierOptions options, bool asJson)
    {
        if (asJson)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(new
            {
                http = verifier.Http.GetLeftPart(UriPartial.Authority),
                mqtt = verifier.Mqtt,
                mqtts = verifier.Mqtts,
                data = verifier.DataDirectory,
                token = verifier.OperatorTokenFile,
            }));
        }
        else
        {
            string root = verifier.Http.GetLeftPart(UriPartial.Authority);
            terminal.WriteLine("The verifier is running.");
            terminal.WriteFields(
                ("  HTTP", root),
                ("  registry", $"{root}/"),
                ("  API description", $"{root}/openapi/v1.json"),
                ("  MQTT", verifier.Mqtt ?? "off"),
                ("  MQTT over TLS", verifier.Mqtts ?? "off (needs --mqtts-certificate FILE)"),
                ("  MQTT broker", options.Broker is { } broker ? $"{broker.Scheme}://{broker.Authority}; GET /readyz says whether it is there" : null),
                ("  RabbitMQ cluster", options.Cluster is { } cluster ? $"{cluster}; GET /readyz says whether it is there" : null),
                ("  data", verifier.DataDirectory),
                ("  operator's token", verifier.OperatorTokenFile));
            terminal.WriteLine("Press Ctrl-C to stop.");
        }

        // A program that reads the first line waits for it.
        terminal.Out.Flush();
    }

    private static Option<string> WithDefault(string name, string helpName, string description, string fallback) =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => fallback };

    private static string? UnlessOff(string address) => address == "off" ? null : address;
}
