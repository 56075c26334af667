using System.Buffers.Text;
using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using IotAttest.Cli.Commands.Tls;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Broker;

/// <summary><c>broker rabbitmq</c>: all that the nodes of a RabbitMQ need to know about boards and verifiers.</summary>
internal static class BrokerRabbit
{
    private const int SecretBytes = 32;
    private const int MaxSecretFile = 1024;
    private const int MaxNodes = 9;

    public static Command Create(CliContext context)
    {
        Option<string> output = new("--out") { Description = "The folder for configuration, definitions and secrets.", Required = true, HelpName = "DIR" };
        Option<string[]> nodes = new("--node") { Description = "The name of each node, rabbit@host, three times for three; one that stands alone when left out.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        Option<Uri?> verifier = UrlOption.Create("--verifier", "Where nodes ask about boards: a verifier on the same machine, or what shares the questions out to several; http://127.0.0.1:8080 when left out.");
        Option<string?> tls = new("--tls") { Description = "A folder of tls init: nodes present its server certificate. Plain MQTT and AMQP on this machine when left out.", HelpName = "DIR" };
        Option<string?> mqtt = new("--mqtt") { Description = "Where boards connect; 127.0.0.1:1883, or 0.0.0.0:8883 with --tls, when left out.", HelpName = "ADDRESS" };
        Option<string?> amqp = new("--amqp") { Description = "Where verifiers connect; 127.0.0.1:5672, or 0.0.0.0:5671 with --tls, when left out.", HelpName = "ADDRESS" };
        Option<string?> metrics = new("--metrics") { Description = "Where RabbitMQ tells its own figures, for Prometheus; 127.0.0.1:15692 when left out.", HelpName = "ADDRESS" };
        Option<bool> force = CommonOptions.Force();
        Option<bool> json = CommonOptions.Json();
        Command command = new("rabbitmq", "Makes configuration, plugins and definitions for the RabbitMQ nodes between boards and verifiers.") { output, nodes, verifier, tls, mqtt, amqp, metrics, force, json };
        command.SetAction(parsed =>
        {
            RabbitFolder folder = new(parsed.GetRequiredValue(output));
            if (File.Exists(folder.Configuration) && !parsed.GetValue(force))
            {
                throw CliException.WrongUsage($"{folder.Configuration}, which exists", "a folder without it", "write it anew with --force: password and secret stay");
            }

            string? folderOfTls = parsed.GetValue(tls);
            bool isSecured = folderOfTls is not null;
            RabbitPlan plan = new(
                NodesOf(parsed.GetValue(nodes) ?? []),
                AddressOf("--mqtt", parsed.GetValue(mqtt) ?? (isSecured ? "0.0.0.0:8883" : "127.0.0.1:1883"), isSecured),
                AddressOf("--amqp", parsed.GetValue(amqp) ?? (isSecured ? "0.0.0.0:5671" : "127.0.0.1:5672"), isSecured),
                AddressOf("--metrics", parsed.GetValue(metrics) ?? "127.0.0.1:15692", mayBeElsewhere: true),
                VerifierOf(parsed.GetValue(verifier) ?? new Uri("http://127.0.0.1:8080")),
                CertificateOf(folderOfTls),
                isSecured ? new TlsFolder(Path.GetFullPath(folderOfTls!)).Root : null);
            Write(folder, plan);
            Report(context, folder, plan, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static string[] NodesOf(string[] names)
    {
        if (names.FirstOrDefault(name => !IsNode(name)) is { } wrong)
        {
            throw CliException.WrongUsage($"--node {wrong}", "the name that the node gives itself, such as rabbit@host1", "look it up with rabbitmqctl status on that machine");
        }

        bool isFine = names.Length == 0 || (names.Length is >= 3 and <= MaxNodes && names.Length % 2 == 1 && names.Distinct().Count() == names.Length);
        return isFine ? names : throw CliException.WrongUsage($"--node {string.Join(" --node ", names)}", $"none, or an odd number from 3 to {MaxNodes} of different names", "name every node: with two, neither goes on without the other");
    }

    private static bool IsNode(string name) =>
        name.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '@' or '.' or '-' or '_');

    private static IPEndPoint AddressOf(string option, string text, bool mayBeElsewhere)
    {
        if (!IPEndPoint.TryParse(text, out IPEndPoint? address) || address.Port == 0)
        {
            throw CliException.WrongUsage($"{option} {text}", "an IP address and a port", "write it as 127.0.0.1:1883");
        }

        return mayBeElsewhere || IPAddress.IsLoopback(address.Address)
            ? address
            : throw CliException.WrongUsage($"{option} {text} without --tls", "TLS wherever others can reach a node: credentials go there", "make certificates with iotattest tls init, and pass --tls DIR");
    }

    // RabbitMQ 3.10.8 does not check certificates of https here unless an advanced.config tells it to: credentials stay on the machine.
    private static Uri VerifierOf(Uri url) => url is { Scheme: "http", IsLoopback: true, Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0 }
        ? url
        : throw CliException.WrongUsage($"--verifier {url.Scheme}://{url.Authority}", "http on the node's own machine", "run a verifier there, or something that passes the questions on over TLS");

    private static string? CertificateOf(string? folder)
    {
        string? certificate = folder is null ? null : new TlsFolder(Path.GetFullPath(folder)).Server;
        return certificate is null || File.Exists(certificate) ? certificate : throw CliException.WrongUsage($"no file {certificate}", "a folder that tls init made", "correct the path");
    }

    internal static void Write(RabbitFolder folder, RabbitPlan plan)
    {
        folder.Create();
        string secret = Kept(folder.Access, "");
        string password = Kept(folder.Credential, $"{RabbitTexts.VerifierUser}:");
        OutputFile.WriteText(folder.Definitions, RabbitTexts.Definitions(plan, RabbitPassword.HashOf(password)), isSecret: true, mayReplace: true);
        OutputFile.WriteText(folder.Plugins, RabbitTexts.Plugins, isSecret: true, mayReplace: true);
        OutputFile.WriteText(folder.Configuration, RabbitTexts.Configuration(plan, folder, secret), isSecret: true, mayReplace: true);
    }

    // Made once: a verifier that runs holds it.
    private static string Kept(string file, string prefix)
    {
        if (!File.Exists(file))
        {
            string made = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
            OutputFile.WriteText(file, $"{prefix}{made}\n", isSecret: true, mayReplace: false);
            return made;
        }

        string text = InputFile.ReadText(file, MaxSecretFile).Trim();
        return text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length && text[prefix.Length..].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? text[prefix.Length..]
            : throw CliException.DoesNotHold($"{file}, which is not what this command wrote", "the file that it made", "delete it to have a new one made");
    }

    private static void Report(CliContext context, RabbitFolder folder, RabbitPlan plan, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.WriteJson(new { configuration = folder.Configuration, plugins = folder.Plugins, definitions = folder.Definitions, credential = folder.Credential, access = folder.Access, nodes = Math.Max(plan.Nodes.Count, 1) });
            return;
        }

        context.Terminal.WriteFields(
            ("configuration", folder.Configuration),
            ("plugins", folder.Plugins),
            ("definitions", folder.Definitions),
            ("verifiers' credential", $"{folder.Credential}: whoever has it reads all evidence and answers boards"),
            ("secret of questions", $"{folder.Access}: whoever has it may ask whether a credential is right"));
        string secured = plan.Certificate is null ? "" : "s";
        string[] hosts = plan.Nodes.Count == 0 ? ["HOST"] : [.. plan.Nodes.Select(node => node.Split('@')[1])];
        string places = $"--cluster amqp{secured}://{string.Join(',', hosts.Select(host => $"{host}:{plan.Amqp.Port}"))}{(plan.Root is null ? "" : $" --cluster-ca {plan.Root}")}{string.Concat(hosts.Select(host => $" --cluster-mqtt mqtt{secured}://{host}:{plan.Mqtt.Port}"))}";
        context.Terminal.WriteLine($"Start each node with RABBITMQ_CONFIG_FILE={folder.Configuration} and RABBITMQ_ENABLED_PLUGINS_FILE={folder.Plugins}, then: iotattest serve --mqtt off {places} --cluster-credential-file {folder.Credential} --cluster-access-file {folder.Access}");
    }
}
