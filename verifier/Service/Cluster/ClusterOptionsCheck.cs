using IotAttest.Service.Brokers;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Cluster;

/// <summary>Checks what a verifier was told about its cluster, part of <see cref="VerifierOptionsCheck"/>.</summary>
internal static class ClusterOptionsCheck
{
    private const int MaxPrefetch = 10_000;

    public static IEnumerable<string?> Failures(VerifierOptions options)
    {
        yield return options.ClusterAccessFile is { } access && AccessSecret.Read(access).Fault is { } unfit
            ? $"ClusterAccessFile is {access}, {unfit}; give a file with the secret that stands in the nodes' auth_http paths."
            : null;
        if (options.Cluster is not { } text)
        {
            yield return options is { ClusterCredentialFile: null, ClusterCa: null, ClusterMqtt.Count: 0 } ? null : "ClusterCredentialFile, ClusterCa or ClusterMqtt is given without Cluster; give the cluster's addresses too.";
            yield break;
        }

        yield return options.Broker is null ? null : "Cluster and Broker are both given; a verifier takes evidence from one of them.";
        yield return AddressFailure(text, options);
        yield return CredentialFailure(options.ClusterCredentialFile);
        yield return options.ClusterCa is { } ca && BrokerTls.FaultOf(ca) is { } wrong ? $"ClusterCa is {ca}, {wrong}; give a PEM file with the root of the nodes' certificates." : null;
        yield return options.ClusterPrefetch is > 0 and <= MaxPrefetch ? null : $"ClusterPrefetch is {options.ClusterPrefetch}; set 1 to {MaxPrefetch}.";
        foreach (Uri url in options.ClusterMqtt)
        {
            yield return MqttFailure(url, options);
        }
    }

    private static string? CredentialFailure(string? path) =>
        path is null ? "ClusterCredentialFile is missing; give a file with the user, a colon and the password that the cluster knows."
        : BrokerCredential.Read(path).Fault is { } fault ? $"ClusterCredentialFile is {path}, {fault}; give a file with the user, a colon and the password that the cluster knows."
        : null;

    // What is refused is not repeated: it may hold a password.
    private static string? AddressFailure(string text, VerifierOptions options) => ClusterAddress.Of(text) switch
    {
        null => "Cluster is no amqp://host:port or amqps://host:port, with more of host:port behind commas; write that alone, the user and the password go into ClusterCredentialFile.",
        { IsSecured: false, IsThisMachine: false } when !options.AllowPlainElsewhere =>
            "Cluster names another machine without TLS, where the password would be read; write amqps://, or set AllowPlainElsewhere.",
        { IsSecured: false } when options.ClusterCa is not null => "ClusterCa is given for a cluster without TLS; write amqps://.",
        _ => null,
    };

    private static string? MqttFailure(Uri url, VerifierOptions options) => BrokerAddress.Of(url) switch
    {
        null => "ClusterMqtt is no mqtt://host:port or mqtts://host:port; write one for each node.",
        { IsSecured: false, IsThisMachine: false } when !options.AllowPlainElsewhere => $"ClusterMqtt is {url.Scheme}://{url.Authority}, where the password would go without TLS; write mqtts://, or set AllowPlainElsewhere.",
        _ => null,
    };
}
