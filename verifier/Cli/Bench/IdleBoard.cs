using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Mqtt;
using IotAttest.Protocol;

namespace IotAttest.Cli.Bench;

/// <summary>A board that is connected, listens for challenges and does nothing.</summary>
internal sealed class IdleBoard(EvidenceMaker board, IPEndPoint server, IPAddress from, X509Certificate2? root) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private MqttClientConnection? _connection;

    /// <summary>True while the connection stands.</summary>
    public bool IsConnected => _connection is { Closed.IsCompleted: false };

    /// <summary>Connects and subscribes; comes back after a second as often as it takes, and says how often it was turned away.</summary>
    public async Task<int> ConnectAsync(CancellationToken cancellation)
    {
        for (int failures = 0; ; failures++)
        {
            try
            {
                _connection = await MqttClientConnection.ConnectAsync(ToOptions(), cancellation);
                await _connection.SubscribeAsync(Topics.Challenge(board.Ueid), MqttQualityOfService.AtLeastOnce, cancellation);
                return failures;
            }
            catch (MqttClientException)
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    /// <summary>The network is gone, without goodbye.</summary>
    public void Cut() => _connection?.Abort();

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private MqttClientOptions ToOptions() => new()
    {
        Host = server.Address.ToString(),
        Port = server.Port,
        LocalAddress = from,
        ClientId = board.Ueid,
        UserName = board.Ueid,
        Password = Encoding.ASCII.GetBytes(board.Credential),
        KeepAlive = TimeSpan.Zero,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        Tls = root is null ? null : new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            CertificateChainPolicy = OnlyUnder.Policy([root]),
        },
    };
}
