using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>TLS to a real broker: the board trusts one CA and nobody else.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-tls").FullName;
    private readonly X509Certificate2 _authority = CreateAuthority("CN=test authority");

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [RequiresToolFact("mosquitto")]
    public void A_board_connects_to_a_server_whose_certificate_its_ca_issued()
    {
        using Mosquitto broker = StartBroker("127.0.0.1");
        using TestBoard board = new(broker.Port, change: options => options with { UseTls = true, CaCertificate = _authority });

        board.Board.Start();

        board.AwaitStatus(AgentStatus.WaitingForChallenge);
    }

    [RequiresToolFact("mosquitto")]
    public void A_server_of_another_ca_is_not_talked_to()
    {
        using X509Certificate2 other = CreateAuthority("CN=test authority");
        using Mosquitto broker = StartBroker("127.0.0.1");
        using TestBoard board = new(broker.Port, change: options => options with { UseTls = true, CaCertificate = other });

        board.Board.Start();

        board.AwaitStatus(AgentStatus.Unreachable, 2);
        Assert.DoesNotContain(AgentStatus.Connected, board.Statuses);
    }

    [RequiresToolFact("mosquitto")]
    public void A_certificate_of_the_right_ca_for_another_address_is_not_enough()
    {
        using Mosquitto broker = StartBroker("127.0.0.2");
        using TestBoard board = new(broker.Port, change: options => options with { UseTls = true, CaCertificate = _authority });

        board.Board.Start();

        board.AwaitStatus(AgentStatus.Unreachable, 2);
        Assert.DoesNotContain(AgentStatus.Connected, board.Statuses);
    }

    private static X509Certificate2 CreateAuthority(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private Mosquitto StartBroker(string certifiedAddress)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=broker", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Parse(certifiedAddress));
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(_authority, _authority.NotBefore, _authority.NotAfter, [7]);
        string certificateFile = Path.Combine(_folder, "broker.pem");
        string keyFile = Path.Combine(_folder, "broker.key");
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        MakeReadable(certificateFile, keyFile);
        return new Mosquitto("allow_anonymous true", $"certfile {certificateFile}", $"keyfile {keyFile}");
    }

    // Started by root the broker drops to a user of its own.
    private void MakeReadable(params string[] files)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        foreach (string file in files)
        {
            File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
        }
    }
}
