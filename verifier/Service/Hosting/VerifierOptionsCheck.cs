using System.Net;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Hosting;

/// <summary>Checks options before the first byte is read; every message says what was seen, expected and what to do.</summary>
internal static class VerifierOptionsCheck
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <exception cref="OptionsValidationException">Some option cannot be used; the message names all of them.</exception>
    public static void Check(VerifierOptions options)
    {
        string[] failures = [.. Failures(options).OfType<string>()];
        if (failures.Length > 0)
        {
            throw new OptionsValidationException(nameof(VerifierOptions), typeof(VerifierOptions), failures);
        }
    }

    private static IEnumerable<string?> Failures(VerifierOptions options)
    {
        yield return string.IsNullOrWhiteSpace(options.DataDirectory) ? "DataDirectory is empty; give the path of a folder." : null;
        yield return PlainFailure(nameof(options.Http), options.Http, options.AllowPlainElsewhere);
        yield return options.Mqtt is null ? null : PlainFailure(nameof(options.Mqtt), options.Mqtt, options.AllowPlainElsewhere);
        yield return options.Mqtts is null ? null : AddressFailure(nameof(options.Mqtts), options.Mqtts);
        yield return options.MqttsCertificate is { } path && !File.Exists(path) ? $"MqttsCertificate is {path}, where no file is; give a PEM file with certificate and private key." : null;
        yield return options.BoardRequestsPerSecond is >= 40 and <= 100_000 ? null : $"BoardRequestsPerSecond is {options.BoardRequestsPerSecond}; set 40 to 100000.";
        yield return options.PageRequestsPerSecond is >= 5 and <= 100_000 ? null : $"PageRequestsPerSecond is {options.PageRequestsPerSecond}; set 5 to 100000.";
        yield return options.PublicUrl is { } address && !IsStableAddress(address) ? $"PublicUrl is {address}; give an https URL without query, or http on this machine: labels carry it for years." : null;
        yield return OidcOptionsCheck.IssuerFailure(options);
        yield return OidcOptionsCheck.ClientFailure(options);
        yield return RangeFailure(nameof(options.AttestEvery), options.AttestEvery, TimeSpan.FromSeconds(1));
        yield return RangeFailure(nameof(options.SilenceGrace), options.SilenceGrace, TimeSpan.Zero);
    }

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
