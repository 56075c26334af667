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
        Option<string> data = new("--data") { Description = "The folder with database, keys and the operator's token; made when missing.", HelpName = "DIR", DefaultValueFactory = _ => Default.DataDirectory };
        Option<string?> database = new("--database")
        {
            Description = $"Keep everything but the keys in this PostgreSQL database instead of SQLite, as in \"Host=127.0.0.1;Database=iotattest;Username=iotattest\"; {DatabaseVariable} when left out. The password belongs into PGPASSWORD or a Passfile.",
            HelpName = "CONNECTION",
        };
        Option<TimeSpan> every = DurationOption.Create("--attest-every", "How often each board is challenged, at least 1s.", Default.AttestEvery);
        Option<TimeSpan> grace = DurationOption.Create("--silence-grace", "Added to two intervals before a silent board is Stale.", Default.SilenceGrace);
        Option<string[]> hosts = new("--webhook-allow") { Description = "A host that webhooks may reach although it is private or without TLS; may stand several times.", HelpName = "HOST", DefaultValueFactory = _ => [] };
        Option<Uri?> publicUrl = UrlOption.Create("--public-url", "The address under which everybody reaches the pages, as labels and feeds carry it; where HTTP listens when left out.");
        Option<bool> json = new("--json") { Description = "The first line of output is one JSON object: http, mqtt, mqtts, data, token." };
        OperationOptions operation = new(context);
        IServeOptions[] groups = [new ListenOptions(), new BrokerOptions(), new ClusterOptions(), new OidcOptions(), operation];
        Command command = new("serve", "Runs the verifier until Ctrl-C. Logs go to stderr.") { data, database, every, grace, hosts, publicUrl, json };
        foreach (Option option in groups.SelectMany(group => group.All))
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            VerifierOptions options = new()
            {
                DataDirectory = parsed.GetRequiredValue(data),
                Database = parsed.GetValue(database) ?? context.Environment(DatabaseVariable),
                AttestEvery = parsed.GetValue(every),
                SilenceGrace = parsed.GetValue(grace),
                WebhookHosts = parsed.GetValue(hosts) ?? [],
                PublicUrl = parsed.GetValue(publicUrl),
            };
            options = groups.Aggregate(options, (told, group) => group.Apply(parsed, told));
            return await RunAsync(context, options, parsed.GetValue(json), operation.LogsJson(parsed), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, VerifierOptions options, bool asJson, bool logsJson, CancellationToken cancellation)
    {
        if (options.Database is null)
        {
            SocketThreads.HandleEvents(context);
        }
        else
        {
            SocketThreads.HandEventsOver(context);
        }

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
}
