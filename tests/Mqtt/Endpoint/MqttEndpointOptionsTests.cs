using Microsoft.Extensions.Options;

namespace IotAttest.Mqtt.Tests;

public sealed class MqttEndpointOptionsTests
{
    public static TheoryData<string, Action<MqttEndpointOptions>, bool> Edges => new()
    {
        { "MaxPacketBytes", options => options.MaxPacketBytes = 64, true },
        { "MaxPacketBytes", options => options.MaxPacketBytes = 63, false },
        { "MaxTopicBytes", options => options.MaxTopicBytes = 0, false },
        { "MaxSubscriptions", options => options.MaxSubscriptions = 1025, false },
        { "MaxInflightPublishes", options => options.MaxInflightPublishes = 0, false },
        { "MaxUnreleasedPublishes", options => options.MaxUnreleasedPublishes = 65_536, false },
        { "OutboundQueuePackets", options => options.OutboundQueuePackets = 1, false },
        { "OutboundQueuePackets", options => options.OutboundQueuePackets = 2, true },
        { "MaxUnacknowledgedPublishes", options => options.MaxUnacknowledgedPublishes = 0, false },
        { "ConnectTimeout", options => options.ConnectTimeout = TimeSpan.FromMilliseconds(9), false },
        { "MaxKeepAlive", options => options.MaxKeepAlive = TimeSpan.FromSeconds(65_536), false },
        { "MaxKeepAlive", options => options.MaxKeepAlive = TimeSpan.FromSeconds(65_535), true },
        { "MaxConnections", options => options.MaxConnections = 0, false },
        { "WriteTimeout", options => options.WriteTimeout = TimeSpan.FromMinutes(6), false },
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void An_option_out_of_range_is_named_with_its_range(string option, Action<MqttEndpointOptions> change, bool isValid)
    {
        MqttEndpointOptions options = new();
        change(options);

        ValidateOptionsResult result = new MqttEndpointOptionsValidator().Validate(null, options);

        Assert.Equal(isValid, result.Succeeded);
        Assert.True(isValid || result.FailureMessage!.Contains($"Mqtt:{option} is", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_with_a_bad_option_does_not_start()
    {
        await Assert.ThrowsAsync<OptionsValidationException>(() => DeviceHost.StartAsync(options => options.MaxPacketBytes = 0));
    }
}
