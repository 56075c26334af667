using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Service.Brokers;
using IotAttest.Service.Hosting.Tls;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>A server's certificate may name any address for its issuer: nothing is fetched from there.</summary>
public sealed class OutboundTlsTests : IDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly TcpListener _issuer = new(IPAddress.Loopback, 0);

    public OutboundTlsTests()
    {
        _server.Start();
        _issuer.Start();
    }

    public void Dispose()
    {
        _server.Dispose();
        _issuer.Dispose();
    }

    [Fact]
    public async Task A_call_fetches_no_issuer()
    {
        using SocketsHttpHandler handler = new() { SslOptions = OutboundTls.Options };
        using HttpClient client = new(handler) { Timeout = Patience.Long };

        Task serve = ServeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"https://127.0.0.1:{PortOf(_server)}/")));
        await serve;

        Assert.False(_issuer.Pending());
    }

    [Fact]
    public async Task A_broker_under_the_roots_of_the_system_has_no_issuer_fetched()
    {
        Task serve = ServeAsync();
        using (TcpClient socket = new())
        {
            await socket.ConnectAsync(IPAddress.Loopback, PortOf(_server));
            await using SslStream tls = new(socket.GetStream());
            await Assert.ThrowsAsync<AuthenticationException>(() => tls.AuthenticateAsClientAsync(BrokerTls.OptionsFor("127.0.0.1", null)));
        }

        // It ends once the other side has gone.
        await serve;

        Assert.False(_issuer.Pending());
    }

    [Fact]
    public void Each_client_that_the_verifier_makes_looks_at_certificates_so()
    {
        string[] makers = [.. Directory.EnumerateFiles(Path.Combine(SharedData.Repository, "verifier", "Service"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("new SocketsHttpHandler", StringComparison.Ordinal) || File.ReadAllText(file).Contains("new HttpClient()", StringComparison.Ordinal))];

        Assert.NotEmpty(makers);
        Assert.All(makers, file => Assert.Contains("SslOptions = OutboundTls.Options", File.ReadAllText(file), StringComparison.Ordinal));
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private async Task ServeAsync()
    {
        using X509Certificate2 certificate = Leaf();
        using TcpClient peer = await _server.AcceptTcpClientAsync();
        await using SslStream tls = new(peer.GetStream());
        SslStreamCertificateContext alone = SslStreamCertificateContext.Create(certificate, null, offline: true);
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = alone });
            await tls.ReadExactlyAsync(new byte[1]);
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            // The other side does not believe this certificate, and goes.
        }
    }

    // Its issuer is not sent along, and lies where the issuer's listener is.
    private X509Certificate2 Leaf()
    {
        using ECDsa issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        CertificateRequest issuer = new("CN=nobody's issuer", issuerKey, HashAlgorithmName.SHA256);
        issuer.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 root = issuer.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [$"http://127.0.0.1:{PortOf(_issuer)}/issuer.cer"]));
        using X509Certificate2 leaf = request.Create(root, now.AddDays(-1), now.AddHours(12), RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 withKey = leaf.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
