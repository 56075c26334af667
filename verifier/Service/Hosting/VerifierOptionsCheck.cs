using System.Net;
using System.Security.Cryptography;
using IotAttest.Service.Brokers;
using IotAttest.Service.Cluster;
using IotAttest.Service.Mqtt.Tls;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IotAttest.Service.Hosting;

/// <summary>Checks options before the first byte is read; every message says what was seen, expected and what to do.</summary>
internal static class VerifierOptionsCheck
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <exception cref="OptionsValidationException">Some option cannot be used; the message names all of them.</exception>
    public static void Check(VerifierOptions options)
    {
        string[] failures = [.. Failures(options).Concat(BrokerOptionsCheck.Failures(options)).Concat(ClusterOptionsCheck.Failures(options)).OfType<string>()];
        if (failures.Length > 0)
        {
            throw new OptionsValidationException(nameof(VerifierOptions), typeof(VerifierOptions), failures);
        }
    }

    private static IEnumerable<string?> Failures(VerifierOptions options)
    {
        yield return string.IsNullOrWhiteSpace(options.DataDirectory) ? "DataDirectory is empty; give the path of a folder." : null;
        yield return DatabaseFailure(options.Database);
        yield return PlainFailure(nameof(options.Http), options.Http, options.AllowPlainElsewhere);
        yield return options.Mqtt is null ? null : PlainFailure(nameof(options.Mqtt), options.Mqtt, options.AllowPlainElsewhere);
        yield return options.Mqtts is null ? null : AddressFailure(nameof(options.Mqtts), options.Mqtts);
        yield return TlsFailure(options);
        yield return options.HttpConnections is >= 16 and <= 100_000 ? null : $"HttpConnections is {options.HttpConnections}; set 16 to 100000.";
        yield return options.HttpConnectionsPerAddress is >= 8 and <= 100_000 ? null : $"HttpConnectionsPerAddress is {options.HttpConnectionsPerAddress}; set 8 to 100000.";
        yield return options.MqttConnections is >= 16 and <= 1_000_000 ? null : $"MqttConnections is {options.MqttConnections}; set 16 to 1000000.";
        yield return options.MqttConnectionsPerAddress is >= 8 and <= 1_000_000 ? null : $"MqttConnectionsPerAddress is {options.MqttConnectionsPerAddress}; set 8 to 1000000.";
        yield return options.BoardRequestsPerSecond is >= 40 and <= 100_000 ? null : $"BoardRequestsPerSecond is {options.BoardRequestsPerSecond}; set 40 to 100000.";
        yield return options.BoardMessagesPerSecond is >= 10 and <= 100_000 ? null : $"BoardMessagesPerSecond is {options.BoardMessagesPerSecond}; set 10 to 100000.";
        yield return options.PageRequestsPerSecond is >= 5 and <= 100_000 ? null : $"PageRequestsPerSecond is {options.PageRequestsPerSecond}; set 5 to 100000.";
        yield return options.PublicUrl is { } address && !IsStableAddress(address) ? $"PublicUrl is {address}; give an https URL without query, or http on this machine: labels carry it for years." : null;
        yield return OidcOptionsCheck.IssuerFailure(options);
        yield return OidcOptionsCheck.ClientFailure(options);
        yield return OtlpFailure(options);
        yield return options.OtlpSample is >= 0 and <= 1 ? null : $"OtlpSample is {options.OtlpSample}; set 0 to 1.";
        yield return options.OtlpEvery >= TimeSpan.FromSeconds(1) && options.OtlpEvery <= TimeSpan.FromHours(1) ? null : $"OtlpEvery is {options.OtlpEvery}; set a second to an hour.";
        yield return options.Drain >= TimeSpan.Zero && options.Drain <= VerifierOptions.MaxDrain ? null : $"Drain is {options.Drain}; set 0 to {VerifierOptions.MaxDrain}.";
        yield return RangeFailure(nameof(options.AttestEvery), options.AttestEvery, TimeSpan.FromSeconds(1));
        yield return RangeFailure(nameof(options.SilenceGrace), options.SilenceGrace, TimeSpan.Zero);
    }

    // The text itself is never shown: a password may stand in it.
    private static string? DatabaseFailure(string? connection)
    {
        const string Example = "give one as Npgsql reads it, such as Host=127.0.0.1;Database=iotattest;Username=iotattest.";
        try
        {
            NpgsqlConnectionStringBuilder? settings = connection is null ? null : new(connection);
            return settings is null or { Host.Length: > 0, Database.Length: > 0 } ? null : $"Database is a connection string without Host or Database; {Example}";
        }
        catch (Exception cause) when (cause is ArgumentException or FormatException or KeyNotFoundException)
        {
            return $"Database is no connection string; {Example}";
        }
    }

    private static string? TlsFailure(VerifierOptions options)
    {
        if (options.MqttsCertificate is not { } path)
        {
            return options.MqttsClientCa is null ? null : "MqttsClientCa is given without MqttsCertificate; give the server's certificate too.";
        }

        if (!File.Exists(path))
        {
            return $"MqttsCertificate is {path}, where no file is; give a PEM file with certificate and private key.";
        }

        try
        {
            TlsMaterial.Read(path, options.MqttsClientCa);
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            string files = options.MqttsClientCa is { } clients ? $"{path} or MqttsClientCa {clients}" : path;
            return $"MqttsCertificate {files} cannot be used ({cause.Message}); give PEM files: the chain with its private key, and the roots of clients.";
        }
    }

    private static string? OtlpFailure(VerifierOptions options) => options.Otlp switch
    {
        null => null,
        { IsAbsoluteUri: true, UserInfo.Length: > 0 } => "Otlp holds a user name or a password; put what the collector asks for into OTEL_EXPORTER_OTLP_HEADERS.",
        { } url when IsStableAddress(url) || (options.AllowPlainElsewhere && url is { IsAbsoluteUri: true, Scheme: "http" }) => null,
        { } url => $"Otlp is {url}; give an https URL without query, or http on this machine, such as http://127.0.0.1:4318.",
    };

    public static bool IsStableAddress(Uri authority) =>
        authority.IsAbsoluteUri && authority.Query.Length == 0 && authority.Fragment.Length == 0
        && (authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback));

    private static string? PlainFailure(string name, string text, bool isAllowedElsewhere)
    {
        bool isRisk = !isAllowedElsewhere && ListenAddress.TryParse(text, out IPEndPoint? address) && !IPAddress.IsLoopback(address.Address);
        return isRisk
            ? $"{name} is {text}, which others can reach without TLS; listen on 127.0.0.1 behind something that does TLS, or set AllowPlainElsewhere."
            : AddressFailure(name, text);
    }

    private static string? AddressFailure(string name, string text) =>
        ListenAddress.TryParse(text, out _) ? null : $"{name} is {text}; write an IP address and a port, such as 127.0.0.1:8080.";

    private static string? RangeFailure(string name, TimeSpan value, TimeSpan minimum) =>
        value >= minimum && value <= Day ? null : $"{name} is {value}; set {minimum} to {Day}.";
}
