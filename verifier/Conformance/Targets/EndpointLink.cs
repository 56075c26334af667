using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using IotAttest.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotAttest.Conformance;

/// <summary>The tool as the MQTT endpoint that the board connects to: no broker, no verifier.</summary>
public sealed class EndpointLink : IBoardLink
{
    private readonly WebApplication _app;
    private readonly BoardDoor _door;

    private EndpointLink(WebApplication app, BoardDoor door, int port)
    {
        _app = app;
        _door = door;
        Port = port;
    }

    /// <summary>The port that it listens on.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public ChannelReader<BoardMessage> Messages => _door.Messages;

    /// <inheritdoc/>
    public bool BoardConnectsHere => true;

    /// <summary>Starts to listen, in plain: on a loopback address, or in a network of the laboratory's own.</summary>
    /// <param name="address">Port 0 takes any free one.</param>
    /// <param name="ueid">The one board that is let in.</param>
    /// <param name="credential">Its transport credential; null lets it in with any.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The address cannot be listened on.</exception>
    public static async Task<EndpointLink> ListenAsync(IPEndPoint address, string ueid, string? credential, CancellationToken cancellation)
    {
        BoardDoor door = new(ueid, credential);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMqttDevices(options => options.MaxPacketBytes = BoardMessages.MaxPacketBytes).AddSingleton<IMqttDeviceHandler>(door);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenMqtt(address));
        WebApplication app = builder.Build();
        try
        {
            await app.StartAsync(cancellation);
            string bound = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
            return new EndpointLink(app, door, new Uri(bound).Port);
        }
        catch (Exception cause) when (cause is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new BoardLinkException($"{address} cannot be listened on: {cause.Message}", cause);
        }
    }

    /// <inheritdoc/>
    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        _door.TryPublish(topic, payload);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
