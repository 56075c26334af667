using IotAttest.Service.Hosting;

namespace IotAttest.Service.Brokers;

/// <summary>Checks what a verifier was told about its broker, part of <see cref="VerifierOptionsCheck"/>.</summary>
internal static class BrokerOptionsCheck
{
    private const int MaxGroupLength = 64;

    public static IEnumerable<string?> Failures(VerifierOptions options)
    {
        if (options.Broker is not { } url)
        {
            yield return options is { BrokerCredentialFile: null, BrokerCa: null, BrokerGroup: null } ? null : "BrokerCredentialFile, BrokerCa or BrokerGroup is given without Broker; give the broker's address too.";
            yield break;
        }

        yield return AddressFailure(url, options);
        yield return options.BrokerCredentialFile is { } path && BrokerCredential.Read(path).Fault is { } fault
            ? $"BrokerCredentialFile is {path}, {fault}; give a file with the user, a colon and the password that the broker knows."
            : null;
        yield return options.BrokerCa is { } ca && BrokerTls.FaultOf(ca) is { } wrong ? $"BrokerCa is {ca}, {wrong}; give a PEM file with the root of the broker's certificate." : null;
        yield return options.BrokerGroup is null or { Length: > 0 and <= MaxGroupLength } && options.BrokerGroup?.All(IsGroupLetter) != false
            ? null
            : $"BrokerGroup is not 1 to {MaxGroupLength} of A-Z, a-z, 0-9, - and _; give the same such word to every verifier that shares the work.";
    }

    private static string? AddressFailure(Uri url, VerifierOptions options) => BrokerAddress.Of(url) switch
    {
        // What is refused is not repeated: it may hold a password.
        null => "Broker is no mqtt://host:port or mqtts://host:port; write that alone, the user and the password go into BrokerCredentialFile.",
        { IsSecured: false } when options.BrokerCa is not null => "BrokerCa is given for a broker without TLS; write mqtts://.",
        { IsSecured: false, IsThisMachine: false } when !options.AllowPlainElsewhere =>
            $"Broker is {url.Scheme}://{url.Authority}, where the password would go without TLS; write mqtts://, or set AllowPlainElsewhere.",
        _ => null,
    };

    private static bool IsGroupLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
