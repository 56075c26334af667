using System.Net;
using System.Net.Sockets;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Webhooks;

/// <summary>Which addresses this verifier calls. Whoever may register a webhook must not reach what only the verifier's network can.</summary>
internal sealed class WebhookTarget(VerifierOptions options)
{
    public const string Expected = "https://HOST/..., without user name or fragment, on a public address; others only when the operator named the host (--webhook-allow HOST)";

    /// <summary>Why a URL is refused, or null. The address behind the name is checked again at each connection.</summary>
    public string? Refusal(Uri url)
    {
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return "user name or fragment in the address";
        }

        if (HostOf(url) is not { } host)
        {
            return "a host with characters that no name may have";
        }

        if (IsAllowedByName(host))
        {
            return url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp ? null : "another scheme than http and https";
        }

        if (url.Scheme != Uri.UriSchemeHttps)
        {
            return "another scheme than https";
        }

        return IPAddress.TryParse(host, out IPAddress? address) && !IsPublic(address) ? "an address that is not public" : null;
    }

    /// <summary>Connects to the first address behind the name that may be called: the check and the connection see the same address, so a
    /// name that changes in between (DNS rebinding) gains nothing.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        DnsEndPoint wanted = context.DnsEndPoint;
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(wanted.Host, cancellation);
        IPAddress address = addresses.FirstOrDefault(candidate => IsAllowedByName(wanted.Host) || IsPublic(candidate))
            ?? throw new HttpRequestException($"{wanted.Host} has no public address");
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, wanted.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Neither loopback, private, link-local, shared, multicast nor reserved (IANA special-purpose registries, RFC 6890).</summary>
    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        return length == 4 ? IsPublicV4(bytes) : IsPublicV6(bytes);
    }

    private static bool IsPublicV4(ReadOnlySpan<byte> address) => (address[0], address[1], address[2]) switch
    {
        (0 or 10 or 127 or >= 224, _, _) => false,
        (100, >= 64 and <= 127, _) => false,
        (169, 254, _) or (192, 168, _) or (172, >= 16 and <= 31, _) => false,
        (192, 0, 0 or 2) or (198, 51, 100) or (203, 0, 113) or (198, 18 or 19, _) => false,
        _ => true,
    };

    // Global unicast is 2000::/3; inside it 2001:db8::/32 is for documents, 2002::/16 and 2001::/32 carry IPv4 addresses.
    private static bool IsPublicV6(ReadOnlySpan<byte> address) =>
        (address[0] & 0xE0) == 0x20
        && !(address[0] == 0x20 && address[1] == 0x02)
        && !(address[0] == 0x20 && address[1] == 0x01 && ((address[2] == 0x0D && address[3] == 0xB8) || (address[2] == 0 && address[3] == 0)));

    // An address is taken apart without looking whether its host can be a name (RFC 5891): that shows when the name is asked for.
    private static string? HostOf(Uri url)
    {
        try
        {
            return url.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private bool IsAllowedByName(string host) => options.WebhookHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
