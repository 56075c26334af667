using System.Security.Cryptography;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Service.Hosting;
using IotAttest.Service.Results;

namespace IotAttest.Service.Brokers;

/// <summary>As whom the verifier connects to the broker, and what it asks for there.</summary>
internal sealed class BrokerClient(VerifierOptions options, VerifierKey key, BrokerInbox inbox)
{
    private const string Hello = $"{Topics.Prefix}+{Topics.HelloLeaf}";
    private const string Evidence = $"{Topics.Prefix}+{Topics.EvidenceLeaf}";
    private const int IdDigits = 14;

    public BrokerAddress Address { get; } = BrokerAddress.Of(options.Broker!)!;

    /// <summary>The same for as long as the data directory lives, so that the broker finds the session again. At most 23 letters and digits, which every broker takes (MQTT 3.1.1 section 3.1.3.1).</summary>
    public string Id { get; } = $"iotattest{Convert.ToHexStringLower(SHA256.HashData(key.Signer.ExportSubjectPublicKeyInfo()))[..IdDigits]}";

    /// <summary>Connects and subscribes; the session and what it holds stay when the connection ends.</summary>
    /// <exception cref="MqttClientException">No connection, or something was refused.</exception>
    public async Task<MqttClientConnection> ConnectAsync(CancellationToken cancellation)
    {
        MqttClientConnection connection = await MqttClientConnection.ConnectAsync(Options(), cancellation);
        try
        {
            await SubscribeAsync(connection, cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Read again for each connection: a password that was changed counts without a restart.
    private MqttClientOptions Options()
    {
        BrokerCredential? credential = options.BrokerCredentialFile is { } path ? BrokerCredential.Read(path).Credential : null;
        return new MqttClientOptions
        {
            Host = Address.Host,
            Port = Address.Port,
            ClientId = Id,
            CleanSession = false,
            UserName = credential?.User,
            Password = credential is null ? null : (ReadOnlyMemory<byte>?)credential.Password,
            Tls = Address.IsSecured ? BrokerTls.OptionsFor(Address.Host, options.BrokerCa) : null,
            OnMessage = inbox.TakeAsync,
        };
    }

    private async Task SubscribeAsync(MqttClientConnection connection, CancellationToken cancellation)
    {
        if (await SubscribeAsync(connection, Evidence, MqttQualityOfService.AtLeastOnce, cancellation) != MqttQualityOfService.AtLeastOnce)
        {
            throw new MqttClientException($"The broker grants {Evidence} with QoS 0 only, with which it may lose evidence; use one that grants QoS 1.");
        }

        // Nothing is kept while this verifier is away: a hello is said again soon, and would take the place of evidence in what the broker keeps.
        await SubscribeAsync(connection, Hello, MqttQualityOfService.AtMostOnce, cancellation);
    }

    private async Task<MqttQualityOfService> SubscribeAsync(MqttClientConnection connection, string filter, MqttQualityOfService qos, CancellationToken cancellation)
    {
        if (options.BrokerGroup is not { } group)
        {
            return await connection.SubscribeAsync(filter, qos, cancellation);
        }

        // What a run without a group asked for would bring everything a second time.
        await connection.UnsubscribeAsync(filter, cancellation);
        return await connection.SubscribeAsync($"$share/{group}/{filter}", qos, cancellation);
    }
}
