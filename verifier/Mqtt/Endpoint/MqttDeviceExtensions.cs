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
        services.AddOptions<MqttEndpointOptions>()
            .BindConfiguration(MqttEndpointOptions.Section)
            .Configure(options => configure?.Invoke(options))
            .ValidateOnStart();
        return services;
    }

    /// <summary>Serves MQTT on this listener. TLS goes in front: <c>listen.UseHttps(...)</c> before this call.</summary>
    public static ListenOptions UseMqttDevices(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        listen.UseConnectionHandler<MqttDeviceEndpoint>();
        return listen;
    }
}
