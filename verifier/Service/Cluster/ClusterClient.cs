using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotAttest.Service.Brokers;
using IotAttest.Service.Hosting;
using RabbitMQ.Client;

namespace IotAttest.Service.Cluster;

/// <summary>As whom the verifier connects to the cluster. Any node will do.</summary>
internal sealed class ClusterClient(VerifierOptions options)
{
    private const string Name = "iotattest verifier";

    /// <summary>Enough for evidence, which is at most 2048 bytes, and its headers; longer ones end in the dead-letter queue, and those that no test of a length would bear, here.</summary>
    private const uint MaxBodyBytes = 16 * 1024 * 1024;

    // A node that was killed is noticed at once, one that was cut off after two of these.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    // id-kp-serverAuth (RFC 5280 section 4.2.1.12).
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly ClusterAddress _address = ClusterAddress.Of(options.Cluster!)!;

    public bool IsSecured => _address.IsSecured;

    /// <summary>Connects to the first node that answers, in any order.</summary>
    public Task<IConnection> ConnectAsync(CancellationToken cancellation)
    {
        // Read again for each connection: a password that was changed counts without a restart.
        (BrokerCredential? credential, string? fault) = BrokerCredential.Read(options.ClusterCredentialFile!);
        ConnectionFactory factory = new()
        {
            UserName = credential?.User ?? throw new IOException($"ClusterCredentialFile, {fault}"),
            Password = Encoding.UTF8.GetString(credential.Password),
            AutomaticRecoveryEnabled = false,
            RequestedHeartbeat = Heartbeat,
            RequestedConnectionTimeout = Patience,
            HandshakeContinuationTimeout = Patience,
            MaxInboundMessageBodySize = MaxBodyBytes,
        };
        return factory.CreateConnectionAsync(_address.Nodes.Select(EndPointOf), Name, cancellation);
    }

    private AmqpTcpEndpoint EndPointOf((string Host, int Port) node) => new(node.Host, node.Port, TlsFor(node.Host), MaxBodyBytes);

    private SslOption TlsFor(string host)
    {
        SslOption tls = new(host, "", _address.IsSecured) { Version = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (options.ClusterCa is { } ca)
        {
            tls.CertificateValidationCallback = (_, certificate, chain, errors) => IsUnder(ca, certificate, chain, errors);
        }

        return tls;
    }

    // The name was compared already; the chain that was built ends at the system's roots and counts for its intermediates only.
    private static bool IsUnder(string ca, X509Certificate? certificate, X509Chain? given, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using X509Chain chain = new() { ChainPolicy = BrokerTls.PolicyOf(ca) };
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.ExtraStore.AddRange(given?.ChainElements.Select(element => element.Certificate).ToArray() ?? []);
        return chain.Build(leaf);
    }
}
