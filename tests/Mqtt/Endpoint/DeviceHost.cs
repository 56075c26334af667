using System.Net;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotAttest.Mqtt.Tests;

/// <summary>A real Kestrel with the device endpoint on a free loopback port.</summary>
public sealed class DeviceHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DeviceHost(WebApplication app, TestDeviceHandler handler)
    {
        _app = app;
        Handler = handler;
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Port = new Uri(address).Port;
    }

    public TestDeviceHandler Handler { get; }

    public int Port { get; }

    public MqttSessionDirectory Sessions => _app.Services.GetRequiredService<MqttSessionDirectory>();

    public static async Task<DeviceHost> StartAsync(
        Action<MqttEndpointOptions>? configure = null, TestDeviceHandler? handler = null, X509Certificate2? certificate = null)
    {
        handler ??= new TestDeviceHandler();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IMqttDeviceHandler>(handler).AddMqttDevices(configure);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenMqtt(new IPEndPoint(IPAddress.Loopback, 0), listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        WebApplication app = builder.Build();
        await app.StartAsync();
        return new DeviceHost(app, handler);
    }

    /// <summary>A raw peer, connected but silent.</summary>
    public Task<RawPeer> DialAsync() => RawPeer.DialAsync(Port);

    /// <summary>A raw peer with an accepted session.</summary>
    public async Task<RawPeer> ConnectAsync(string clientId, ushort keepAliveSeconds = 60)
    {
        RawPeer peer = await DialAsync();
        await peer.SendAsync(RawPeer.Connect(clientId, keepAliveSeconds));
        Assert.Equal("20020000", await peer.ReadAsync());
        return peer;
    }

    public Task<MqttClientConnection> ConnectClientAsync(string clientId, Func<MqttMessage, ValueTask>? onMessage = null) =>
        MqttClientConnection.ConnectAsync(new MqttClientOptions { Host = "127.0.0.1", Port = Port, ClientId = clientId, OnMessage = onMessage });

    /// <summary>Why the session of a client ended, once it has.</summary>
    public async Task<MqttCloseReason> EndOfAsync(string clientId)
    {
        await Until.TrueAsync(() => Handler.Ended.Any(end => end.ClientId == clientId), $"{clientId} ended");
        return Handler.Ended.First(end => end.ClientId == clientId).Reason;
    }

    public Task StopAsync() => _app.StopAsync().WaitAsync(Patience.Long);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
