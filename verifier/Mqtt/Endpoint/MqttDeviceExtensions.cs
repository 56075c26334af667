using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace IotAttest.Mqtt;

/// <summary>Puts the device endpoint into a host.</summary>
public static class MqttDeviceExtensions
{
    /// <summary>Registers the endpoint, its options (section <c>Mqtt</c>) and <see cref="MqttSessionDirectory"/>. The host registers <see cref="IMqttDeviceHandler"/>.</summary>
    public static IServiceCollection AddMqttDevices(this IServiceCollection services, Action<MqttEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MqttEndpointOptions>, MqttEndpointOptionsValidator>());
        services.TryAddSingleton<MqttSessionDirectory>();
        services.TryAddSingleton<MqttDeviceEndpoint>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, MqttTransport>());
        services.AddOptions<MqttEndpointOptions>()
            .BindConfiguration(MqttEndpointOptions.Section)
            .Configure(options => configure?.Invoke(options))
            .ValidateOnStart();
        return services;
    }

    /// <summary>Listens for boards. The host must have called <see cref="AddMqttDevices"/>.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="address">Where; port 0 takes a free one.</param>
    /// <param name="before">What stands in front of MQTT, such as TLS: <c>listen.UseHttps(...)</c>.</param>
    public static void ListenMqtt(this KestrelServerOptions kestrel, IPEndPoint address, Action<ListenOptions>? before = null)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        ArgumentNullException.ThrowIfNull(address);
        kestrel.Listen(new MqttListenAddress(address), listen =>
        {
            before?.Invoke(listen);
            listen.UseConnectionHandler<MqttDeviceEndpoint>();
        });
    }
}
