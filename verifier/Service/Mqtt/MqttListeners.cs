using System.Security.Cryptography.X509Certificates;
using IotAttest.Mqtt;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IotAttest.Service.Mqtt;

/// <summary>Where boards connect: plain MQTT, and MQTT over TLS once a certificate is given.</summary>
internal static class MqttListeners
{
    public static void ConfigureMqtt(this WebApplicationBuilder builder, VerifierOptions options) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        if (options.Mqtt is { } plain)
        {
            kestrel.Listen(ListenAddress.Parse(plain), listen => listen.UseMqttDevices());
        }

        if (options is { Mqtts: { } secured, MqttsCertificate: { } certificate })
        {
            ListenSecured(kestrel, secured, certificate);
        }
    });

    private static void ListenSecured(KestrelServerOptions kestrel, string address, string certificate) =>
        kestrel.Listen(ListenAddress.Parse(address), listen =>
        {
            listen.UseHttps(https =>
            {
                https.ServerCertificate = X509Certificate2.CreateFromPemFile(certificate);

                // Boards pin a CA: what lies between it and the leaf is in the file and must go over the wire.
                https.ServerCertificateChain = [];
                https.ServerCertificateChain.ImportFromPemFile(certificate);
            });
            listen.UseMqttDevices();
        });
}
