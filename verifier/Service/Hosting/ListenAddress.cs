using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace IotAttest.Service.Hosting;

/// <summary>Reads <c>127.0.0.1:8080</c>, <c>[::1]:8080</c> and <c>localhost:8080</c>. Other names are not looked up: where to listen must not depend on DNS.</summary>
internal static class ListenAddress
{
    private const string LocalHost = "localhost:";

    public static bool TryParse(string? text, [NotNullWhen(true)] out IPEndPoint? address)
    {
        if (text?.StartsWith(LocalHost, StringComparison.OrdinalIgnoreCase) == true)
        {
            text = $"{IPAddress.Loopback}:{text[LocalHost.Length..]}";
        }

        // A port is asked for by name: without one, IPEndPoint would silently take 0.
        address = null;
        bool hasPort = text is not null && text.LastIndexOf(':') > text.LastIndexOf(']') && text.Contains('.', StringComparison.Ordinal) | text.Contains(']', StringComparison.Ordinal);
        return hasPort && IPEndPoint.TryParse(text!, out address);
    }

    /// <exception cref="FormatException">The text is no address; <see cref="VerifierOptionsCheck"/> says so before.</exception>
    public static IPEndPoint Parse(string text) =>
        TryParse(text, out IPEndPoint? address) ? address : throw new FormatException($"{text} is no address; write 127.0.0.1:8080.");
}
