using System.Net.Sockets;
using IotAttest.Cli.Failures;
using IotAttest.Service.Hosting;
using IotAttest.Service.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace IotAttest.Cli.Hosting;

/// <summary>Why a verifier did not start, as one paragraph.</summary>
internal static class StartFailure
{
    /// <summary>The paragraph; null for a failure that is none of the known ones.</summary>
    public static CliException? Of(Exception cause, VerifierOptions options) => cause switch
    {
        OptionsValidationException wrong => CliException.WrongUsage(string.Join(" ", wrong.Failures.Select(AsOption)), "options that fit", "correct them; see: iotattest serve --help"),
        IOException { InnerException: AddressInUseException } => CannotListen("another program already listens there", cause, options),
        SocketException refused => CannotListen(refused.Message, cause, options),
        IOException { InnerException: SocketException refused } => CannotListen(refused.Message, cause, options),
        StoreException when options.Database is not null => CliException.Fault($"a store that cannot be used: {cause.Message}", "a PostgreSQL database that this user owns, and the keys that belong to it in --data", "mend what is named, and start again"),
        StoreException => CliException.Fault($"a data directory {options.DataDirectory} that cannot be used: {cause.Message}", "a database that this program can open", "stop another verifier that uses it, restore a backup (iotattest restore --from FILE --data DIR), or choose another folder with --data"),
        SqliteException damaged => CliException.Fault(
            $"a damaged database in {options.DataDirectory} ({damaged.Message})", "an intact database", "keep a copy of it and restore a backup into an empty folder: iotattest restore --from FILE --data DIR"),
        UnauthorizedAccessException or IOException => CliException.Fault(
            $"a data directory that cannot be written: {cause.Message}", "a folder that this user may make and write to", "correct its rights, or choose another one with --data"),
        _ => null,
    };

    private static CliException CannotListen(string reason, Exception cause, VerifierOptions options) => CliException.Fault(
        $"an address that cannot be listened on: {reason} ({AddressIn(cause, options)})",
        "free addresses of this machine",
        "stop the other program, or choose other addresses with --http and --mqtt; port 0 takes any free one");

    private static string AddressIn(Exception cause, VerifierOptions options)
    {
        // Kestrel names the address in its own message and nowhere else; of MQTT too it says "http".
        string[] asked = [.. new[] { options.Http, options.Mqtt, options.Mqtts }.OfType<string>()];
        string[] named = [.. asked.Where(address => cause.Message.Contains($"{address}:", StringComparison.Ordinal))];
        return string.Join(", ", named.Length > 0 ? named : asked);
    }

    // The checks of the service name its options; people know them as ours.
    private static string AsOption(string failure) => failure
        .Replace("AllowPlainElsewhere", "--plain-elsewhere", StringComparison.Ordinal)
        .Replace("OidcClientSecretFile", "--oidc-client-secret-file", StringComparison.Ordinal)
        .Replace("OidcClientId", "--oidc-client-id", StringComparison.Ordinal)
        .Replace("OidcScope", "--oidc-scope", StringComparison.Ordinal)
        .Replace("OidcAuthority", "--oidc-authority", StringComparison.Ordinal)
        .Replace("OidcAudience", "--oidc-audience", StringComparison.Ordinal)
        .Replace("PublicUrl", "--public-url", StringComparison.Ordinal)
        .Replace("MqttsCertificate is", "--mqtts-certificate is", StringComparison.Ordinal)
        .Replace("ClusterCredentialFile", "--cluster-credential-file", StringComparison.Ordinal)
        .Replace("ClusterAccessFile", "--cluster-access-file", StringComparison.Ordinal)
        .Replace("ClusterPrefetch", "--cluster-prefetch", StringComparison.Ordinal)
        .Replace("ClusterMqtt", "--cluster-mqtt", StringComparison.Ordinal)
        .Replace("ClusterCa", "--cluster-ca", StringComparison.Ordinal)
        .Replace("Cluster is", "--cluster is", StringComparison.Ordinal)
        .Replace("Cluster names", "--cluster names", StringComparison.Ordinal)
        .Replace("Cluster and Broker are", "--cluster and --broker are", StringComparison.Ordinal)
        .Replace("without Cluster;", "without --cluster;", StringComparison.Ordinal)
        .Replace("BrokerCredentialFile", "--broker-credential-file", StringComparison.Ordinal)
        .Replace("BrokerGroup", "--broker-group", StringComparison.Ordinal)
        .Replace("BrokerCa", "--broker-ca", StringComparison.Ordinal)
        .Replace("Broker is", "--broker is", StringComparison.Ordinal)
        .Replace("without Broker;", "without --broker;", StringComparison.Ordinal)
        .Replace("DataDirectory is", "--data is", StringComparison.Ordinal)
        .Replace("Database is", "--database is", StringComparison.Ordinal)
        .Replace("OtlpSample is", "--otlp-sample is", StringComparison.Ordinal)
        .Replace("OtlpEvery is", "--otlp-every is", StringComparison.Ordinal)
        .Replace("Otlp is", "--otlp is", StringComparison.Ordinal)
        .Replace("Otlp holds", "--otlp holds", StringComparison.Ordinal)
        .Replace("Drain is", "--drain is", StringComparison.Ordinal)
        .Replace("AttestEvery is", "--attest-every is", StringComparison.Ordinal)
        .Replace("SilenceGrace is", "--silence-grace is", StringComparison.Ordinal)
        .Replace("Http is", "--http is", StringComparison.Ordinal)
        .Replace("Mqtts is", "--mqtts is", StringComparison.Ordinal)
        .Replace("Mqtt is", "--mqtt is", StringComparison.Ordinal);
}
