using Microsoft.Extensions.Options;

namespace IotAttest.Mqtt;

internal sealed class MqttEndpointOptionsValidator : IValidateOptions<MqttEndpointOptions>
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, MqttEndpointOptions options)
    {
        string?[] findings =
        [
            Count(nameof(options.MaxPacketBytes), options.MaxPacketBytes, 64, 1_048_576),
            Count(nameof(options.MaxTopicBytes), options.MaxTopicBytes, 1, 65_535),
            Count(nameof(options.MaxSubscriptions), options.MaxSubscriptions, 1, 1024),
            Count(nameof(options.MaxInflightPublishes), options.MaxInflightPublishes, 1, 1024),
            Count(nameof(options.MaxUnreleasedPublishes), options.MaxUnreleasedPublishes, 1, 65_535),
            Count(nameof(options.OutboundQueuePackets), options.OutboundQueuePackets, 2, 65_535),
            Count(nameof(options.MaxUnacknowledgedPublishes), options.MaxUnacknowledgedPublishes, 1, 65_535),
            Span(nameof(options.ConnectTimeout), options.ConnectTimeout, ShortestTimeout, LongestTimeout),
            Span(nameof(options.MaxKeepAlive), options.MaxKeepAlive, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(65_535)),
            Count(nameof(options.MaxConnections), options.MaxConnections, 1, 1_000_000),
            Span(nameof(options.WriteTimeout), options.WriteTimeout, ShortestTimeout, LongestTimeout),
        ];
        string[] failures = [.. findings.OfType<string>()];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string? Count(string option, int value, int min, int max) =>
        value >= min && value <= max ? null : $"{MqttEndpointOptions.Section}:{option} is {value}; set {min} to {max}.";

    private static string? Span(string option, TimeSpan value, TimeSpan min, TimeSpan max) =>
        value >= min && value <= max ? null : $"{MqttEndpointOptions.Section}:{option} is {value}; set {min} to {max}.";
}
