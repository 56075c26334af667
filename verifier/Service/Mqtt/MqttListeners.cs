using IotAttest.Mqtt;
using IotAttest.Service.Hosting;
using IotAttest.Service.Hosting.Connections;
using IotAttest.Service.Hosting.Tls;
using IotAttest.Service.Mqtt.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Mqtt;

/// <summary>Where boards connect: plain MQTT, and MQTT over TLS once a certificate is given.</summary>
internal static class MqttListeners
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(15);

    public static void ConfigureMqtt(this WebApplicationBuilder builder, VerifierOptions options) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        ConnectionLimit limit = new("MQTT", options.MqttConnections, options.MqttConnectionsPerAddress, kestrel.ApplicationServices);
        if (options.Mqtt is { } plain)
        {
            kestrel.ListenMqtt(ListenAddress.Parse(plain), limit.Guard);
        }

        if (options is { Mqtts: { } secured, MqttsCertificate: not null })
        {
            ListenSecured(kestrel, secured, limit, options.MqttsKeepBuffers);
        }
    });

    private static void ListenSecured(KestrelServerOptions kestrel, string address, ConnectionLimit limit, bool keepBuffers)
    {
        TlsMaterials materials = kestrel.ApplicationServices.GetRequiredService<TlsMaterials>();
        kestrel.ListenMqtt(ListenAddress.Parse(address), listen =>
        {
            // Before TLS: who is in a handshake counts too.
            limit.Guard(listen);

            // Asked at every handshake: a renewed certificate counts for the next connection.
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(materials.Next()), HandshakeTimeout = HandshakeTimeout });
            if (!keepBuffers)
            {
                listen.UseReleasedBuffers();
            }
        });
    }
}
