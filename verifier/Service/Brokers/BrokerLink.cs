using System.Security.Cryptography;
using IotAttest.Mqtt;
using IotAttest.Service.Freshness;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Brokers;

/// <summary>Keeps the verifier connected to its broker (DESIGN.md section 5, way 2).</summary>
internal sealed class BrokerLink(BrokerClient client, BrokerBoards boards, BrokerOutbox outbox, BrokerStatus status, EpochClock epochs, TimeProvider clock, ILogger<BrokerLink> logger) : BackgroundService
{
    /// <summary>A connection that held for this long was no flicker: the next one may come soon.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(10);

    // Short, as at a cluster: a broker that ends again and again is back each time within what boards are promised.
    private readonly BackOff _backOff = new(TimeSpan.FromSeconds(4));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(await RunOnceAsync(stoppingToken), clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                status.Lost("the verifier has left its MQTT broker");
            }
        }
    }

    /// <returns>How long to wait before the next connection.</returns>
    private async Task<TimeSpan> RunOnceAsync(CancellationToken stopping)
    {
        outbox.Open();
        try
        {
            await using MqttClientConnection connection = await client.ConnectAsync(stopping);
            return await ServeAsync(connection, stopping);
        }
        catch (Exception cause) when (cause is MqttClientException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            // The last three: a file with a root or a credential that was changed into something else.
            TimeSpan wait = _backOff.Next();
            status.Lost(WordsFor(cause));
            logger.BrokerNotReached(client.Address.Host, client.Address.Port, cause.Message, wait);
            return wait;
        }
        finally
        {
            outbox.Close();
        }
    }

    private async Task<TimeSpan> ServeAsync(MqttClientConnection connection, CancellationToken stopping)
    {
        long connectedAt = clock.GetTimestamp();
        Task sending = outbox.SendAsync(connection);
        status.Connected();
        logger.BrokerConnected(client.Address.Host, client.Address.Port, client.Id, connection.SessionPresent);
        if (epochs.Current is [{ } newest, ..])
        {
            // The broker keeps one marker, and it may be of a time before this connection.
            boards.Announce(newest);
        }

        MqttClosed closed = await connection.Closed.WaitAsync(stopping);
        status.Lost("the connection to the MQTT broker was lost");
        if (clock.GetElapsedTime(connectedAt) >= Steady)
        {
            _backOff.Reset();
        }

        TimeSpan wait = _backOff.Next();
        logger.BrokerLost(client.Address.Host, client.Address.Port, closed.Reason, WordsFor(closed), wait);
        outbox.Close();
        await sending;
        return wait;
    }

    private static string WordsFor(Exception cause) => cause is MqttClientException { ReturnCode: MqttConnectReturnCode.NotAuthorized or MqttConnectReturnCode.BadUserNameOrPassword }
        ? "the MQTT broker refuses this verifier's user or password"
        : "there is no connection to the MQTT broker";

    private static string WordsFor(MqttClosed closed) => closed switch
    {
        { Cause: StoreException cause } => $"evidence was not stored ({cause.Message}); the broker keeps it and sends it again",
        { Cause: { } cause } => cause.Message,
        _ => "the broker closed it",
    };
}
