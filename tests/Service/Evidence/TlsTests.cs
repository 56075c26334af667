using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>Boards pin a CA, not a leaf: what lies between must come from the verifier.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task A_board_that_knows_only_the_root_connects_through_an_intermediate()
    {
        string folder = Directory.CreateTempSubdirectory("iotattest-tls-").FullName;
        using X509Certificate2 root = Certificate("root", null, isAuthority: true);
        using X509Certificate2 between = Certificate("between", root, isAuthority: true);
        using X509Certificate2 leaf = Certificate("localhost", between, isAuthority: false);
        string file = Path.Combine(folder, "chain-and-key.pem");
        await File.WriteAllTextAsync(file, $"{leaf.ExportCertificatePem()}\n{between.ExportCertificatePem()}\n{leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");
        int port = FreePort.Next();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with { Mqtts = $"127.0.0.1:{port}", MqttsCertificate = file });
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();

        await using MqttClientConnection connection = await MqttClientConnection.ConnectAsync(Options(board, port, root));

        Assert.Equal(MqttQualityOfService.AtLeastOnce, await connection.SubscribeAsync(Topics.Challenge(board.Ueid), MqttQualityOfService.AtLeastOnce));
        using X509Certificate2 stranger = Certificate("stranger", null, isAuthority: true);
        await Assert.ThrowsAnyAsync<Exception>(() => MqttClientConnection.ConnectAsync(Options(board, port, stranger)));
        Directory.Delete(folder, recursive: true);
    }

    private static MqttClientOptions Options(TestBoard board, int port, X509Certificate2 root) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        ClientId = board.Ueid,
        UserName = board.Ueid,
        Password = Encoding.ASCII.GetBytes(board.Credential),
        Tls = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { root },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        },
    };

    private static X509Certificate2 Certificate(string name, X509Certificate2? issuer, bool isAuthority)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (!isAuthority)
        {
            SubjectAlternativeNameBuilder names = new();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }

        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(-1);
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, from.AddDays(30));
        }

        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        using X509Certificate2 issued = request.Create(issuer, from, from.AddDays(29), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
