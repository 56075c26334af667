using System.Text;
using IotAttest.Support;

namespace IotAttest.Mqtt.Tests;

/// <summary>Programs of others against the device endpoint.</summary>
public sealed class MqttPeerTests(MqttJsFolder mqttJs) : IClassFixture<MqttJsFolder>
{
    private const int Count = 40;

    [RequiresToolFact("mosquitto_pub")]
    public async Task Mosquitto_pub_publishes_at_every_qos()
    {
        await using DeviceHost host = await DeviceHost.StartAsync();

        foreach ((string qos, int expected) in new[] { ("0", 3), ("1", 6), ("2", 9) })
        {
            string[] arguments = ["-V", "mqttv311", "-h", "127.0.0.1", "-p", $"{host.Port}", "-i", "board", "-u", "u", "-P", "p", "-q", qos, "-t", "board/evidence", "-l"];
            (int exitCode, string output) = await Programs.RunAsync("mosquitto_pub", arguments, input: "one\ntwo\nthree\n");
            Assert.True(exitCode == 0, output);

            // At QoS 0 the program ends without an answer; the next one takes its client id over and would cut it short.
            await Until.TrueAsync(() => host.Handler.Messages.Count == expected, $"{expected} messages");
        }

        Assert.Equal(
            ["one", "two", "three", "one", "two", "three", "one", "two", "three"],
            host.Handler.Messages.Select(message => Encoding.UTF8.GetString(message.Payload.Span)));
        Assert.Equal("p"u8.ToArray(), host.Handler.Requests.First().Password!.Value.ToArray());
    }

    [RequiresToolFact("mosquitto_pub")]
    public async Task Mosquitto_pub_learns_that_it_is_not_let_in()
    {
        TestDeviceHandler handler = new() { Authenticate = _ => new(MqttConnectReturnCode.NotAuthorized) };
        await using DeviceHost host = await DeviceHost.StartAsync(handler: handler);

        (int exitCode, string output) = await Programs.RunAsync(
            "mosquitto_pub", ["-V", "mqttv311", "-h", "127.0.0.1", "-p", $"{host.Port}", "-i", "board", "-q", "1", "-t", "board/e", "-m", "x"]);

        Assert.Equal(5, exitCode);
        Assert.Contains("not authorised", output, StringComparison.Ordinal);
    }

    [RequiresToolFact("mosquitto_sub")]
    public async Task Mosquitto_sub_receives_the_retained_marker_and_later_messages()
    {
        TestDeviceHandler handler = new();
        handler.Subscribed = (session, filter) =>
        {
            session.TryPublish(filter, "marker"u8.ToArray(), MqttQualityOfService.AtLeastOnce, retain: true);
            session.TryPublish(filter, "later"u8.ToArray(), MqttQualityOfService.AtLeastOnce, retain: false);
        };
        await using DeviceHost host = await DeviceHost.StartAsync(handler: handler);

        (int exitCode, string output) = await Programs.RunAsync(
            "mosquitto_sub", ["-V", "mqttv311", "-h", "127.0.0.1", "-p", $"{host.Port}", "-i", "board", "-q", "1", "-t", "epoch", "-C", "2", "-F", "%t %r %q %p"]);

        Assert.True(exitCode == 0, output);
        Assert.Equal("epoch 1 1 marker\nepoch 0 1 later\n", output);
        Assert.Equal(MqttCloseReason.PeerDisconnected, await host.EndOfAsync("board"));
    }

    [RequiresToolFact("python3:paho.mqtt.client")]
    public async Task Paho_exchanges_messages_at_every_qos()
    {
        await using DeviceHost host = await DeviceHost.StartAsync(handler: Echo());

        (int exitCode, string output) = await Programs.RunAsync(
            "python3:paho.mqtt.client", [Path.Combine(Programs.Folder, "paho_peer.py"), $"{host.Port}", "board", $"{Count}"]);

        Assert.True(exitCode == 0, output);
        Assert.Equal($"echoed {3 * Count}\n", output);
        Assert.Equal(3 * Count, host.Handler.Messages.Count);
    }

    [RequiresToolFact("node", "npm")]
    public async Task Mqtt_js_exchanges_messages_at_every_qos()
    {
        string folder = await mqttJs.InstallAsync();
        await using DeviceHost host = await DeviceHost.StartAsync(handler: Echo());

        (int exitCode, string output) = await Programs.RunAsync("node", ["mqttjs_peer.js", $"{host.Port}", "board", $"{Count}"], folder);

        Assert.True(exitCode == 0, output);
        Assert.Equal($"granted 1, echoed {3 * Count}\n", output);
        Assert.Equal(3 * Count, host.Handler.Messages.Count);
    }

    private static TestDeviceHandler Echo() => new()
    {
        Publish = async (session, message) =>
        {
            await Task.Yield();
            bool isQueued = session.TryPublish($"{session.ClientId}/echo", message.Payload, MqttQualityOfService.AtLeastOnce, retain: false);
            return isQueued ? MqttPublishOutcome.Acknowledge : MqttPublishOutcome.Disconnect;
        },
    };
}
