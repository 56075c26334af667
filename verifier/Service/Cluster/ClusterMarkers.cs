using System.Security.Cryptography;
using IotAttest.Domain.Freshness;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Service.Brokers;
using IotAttest.Service.Freshness;
using IotAttest.Service.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Cluster;

/// <summary>Has the epoch marker retained at each node, while this verifier leads. The MQTT plugin (3.10.8) retains what an MQTT client publishes so, not what comes over AMQP, and each node
/// keeps its own: hence a short connection to every node for every marker.</summary>
internal sealed class ClusterMarkers(ClusterLead lead, EpochClock epochs, VerifierOptions options, TimeProvider clock, ILogger<ClusterMarkers> logger) : BackgroundService
{
    private const int IdBytes = 7;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(options.ClusterMqtt.Select(url => ServeAsync(BrokerAddress.Of(url)!, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nodes keep what they have.
        }
    }

    private async Task ServeAsync(BrokerAddress node, CancellationToken stopping)
    {
        BackOff backOff = new(LongestWait);
        (int Term, EpochMarker? Marker) retained = default;
        while (true)
        {
            await Task.Delay(Look, clock, stopping);
            int term = lead.Term;
            if (!lead.IsMine || epochs.Current is not [{ } newest, ..] || retained == (term, newest))
            {
                continue;
            }

            try
            {
                await RetainAsync(node, newest, stopping);
                retained = (term, newest);
                backOff.Reset();
            }
            catch (Exception cause) when (cause is MqttClientException or CryptographicException or IOException or UnauthorizedAccessException)
            {
                TimeSpan wait = backOff.Next();
                logger.MarkerNotRetained($"{node.Host}:{node.Port}", cause.Message, wait);
                await Task.Delay(wait, clock, stopping);
            }
        }
    }

    private async Task RetainAsync(BrokerAddress node, EpochMarker marker, CancellationToken stopping)
    {
        (BrokerCredential? credential, string? fault) = BrokerCredential.Read(options.ClusterCredentialFile!);
        MqttClientOptions client = new()
        {
            Host = node.Host,
            Port = node.Port,
            ClientId = $"iotattest{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes))}",
            UserName = credential?.User ?? throw new IOException($"ClusterCredentialFile, {fault}"),
            Password = credential.Password,
            Tls = node.IsSecured ? BrokerTls.OptionsFor(node.Host, options.ClusterCa) : null,
        };
        await using MqttClientConnection connection = await MqttClientConnection.ConnectAsync(client, stopping);
        await connection.PublishAsync(Topics.Epoch, marker.Bytes, MqttQualityOfService.AtLeastOnce, retain: true, stopping);
        await connection.DisconnectAsync();
    }
}
