using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace IotAttest.Service.Registry;

/// <summary>The address under which everybody reaches this registry: what labels and feeds carry for years. Never taken from a request, which may say anything.</summary>
internal sealed class PublicAddress(VerifierOptions options, IServer server)
{
    private string Root => (options.PublicUrl?.AbsoluteUri ?? Listening()).TrimEnd('/');

    public string OfCertificate(string id) => $"{Root}/certificates/{Uri.EscapeDataString(id)}";

    public string OfBuild(string id) => $"{Root}/builds/{Uri.EscapeDataString(id)}";

    /// <param name="path">Begins with a slash.</param>
    public string Of(string path) => Root + path;

    private string Listening() => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? $"http://{options.Http}";
}
