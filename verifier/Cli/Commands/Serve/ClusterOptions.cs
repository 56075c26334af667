using System.CommandLine;
using IotAttest.Cli.Options;
using IotAttest.Service.Hosting;

namespace IotAttest.Cli.Commands.Serve;

/// <summary><c>--cluster...</c>: the RabbitMQ nodes between boards and verifiers.</summary>
internal sealed class ClusterOptions : IServeOptions
{
    private static readonly VerifierOptions Default = new();

    private readonly Option<string?> _cluster = new("--cluster") { Description = "Take evidence from this RabbitMQ cluster too, amqps://host:5671,host:5671 or on this machine amqp://127.0.0.1:5672; with --mqtt off from it alone.", HelpName = "URL" };
    private readonly Option<string?> _credential = CommonOptions.OptionalPath("--cluster-credential-file", "A file with user:password for the cluster.");
    private readonly Option<string?> _ca = CommonOptions.OptionalPath("--cluster-ca", "PEM file with the roots of the nodes' certificates; the system's when left out.");
    private readonly Option<long> _prefetch = NumberOption.Create("--cluster-prefetch", "Messages of the cluster that this verifier works on at a time.", 1, 10_000, Default.ClusterPrefetch);
    private readonly Option<string[]> _mqtt = new("--cluster-mqtt") { Description = "Where a node takes MQTT, mqtts://host:8883, to have the epoch marker retained there; once for each node.", HelpName = "URL", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _access = CommonOptions.OptionalPath("--cluster-access-file", "A file with the secret under which nodes ask who may log in; nobody is answered when left out.");

    public IEnumerable<Option> All => [_cluster, _credential, _ca, _prefetch, _mqtt, _access];

    public VerifierOptions Apply(ParseResult parsed, VerifierOptions options) => options with
    {
        Cluster = parsed.GetValue(_cluster),
        ClusterCredentialFile = parsed.GetValue(_credential),
        ClusterCa = parsed.GetValue(_ca),
        ClusterPrefetch = (int)parsed.GetValue(_prefetch),
        ClusterMqtt = [.. (parsed.GetValue(_mqtt) ?? []).Select(text => new Uri(text, UriKind.RelativeOrAbsolute))],
        ClusterAccessFile = parsed.GetValue(_access),
    };
}
