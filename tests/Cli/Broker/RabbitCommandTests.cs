using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IotAttest.Cli.Tests.Broker;

/// <summary><c>broker rabbitmq</c> without a RabbitMQ: what it refuses, what it writes, and what it leaves alone.</summary>
public sealed class RabbitCommandTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData("--mqtt", "0.0.0.0:1883")]
    [InlineData("--amqp", "[::]:5672")]
    [InlineData("--amqp", "rabbit.example:5672")]
    [InlineData("--verifier", "http://verifier.example:8080")]
    [InlineData("--verifier", "https://verifier.example")]
    [InlineData("--verifier", "http://127.0.0.1:8080/?secret=x")]
    [InlineData("--node", "rabbit@host1")]
    [InlineData("--tls", "missing")]
    public async Task Without_tls_nothing_leaves_the_machine_and_what_makes_no_cluster_is_refused(string option, string value)
    {
        (await _line.RunAsync("broker", "rabbitmq", "--out", "@rabbit", option, value)).Ended(2);

        Assert.False(Directory.Exists(_line.PathOf("rabbit")));
    }

    [Theory]
    [InlineData("an odd number", "rabbit@a", "rabbit@b")]
    [InlineData("an odd number", "rabbit@a", "rabbit@b", "rabbit@a")]
    [InlineData("--node rabbit;", "rabbit@a", "rabbit@b", "rabbit")]
    [InlineData("--node bad node;", "bad node")]
    [InlineData("the name that the node gives itself", "rabbit@a", "rabbit@b", "rabbit@c\nauth_backends.1 = none")]
    public async Task Nodes_are_an_odd_number_of_different_names(string says, params string[] nodes)
    {
        string[] words = ["broker", "rabbitmq", "--out", "@rabbit", .. nodes.SelectMany(node => new[] { "--node", node })];

        Assert.Contains(says, (await _line.RunAsync(words)).Ended(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_nodes_know_each_other_and_keep_two_copies_of_what_waits_for_a_board()
    {
        (await _line.RunAsync("broker", "rabbitmq", "--out", "@rabbit", "--node", "rabbit@a", "--node", "rabbit@b", "--node", "rabbit@c")).Ended(0);

        string configuration = File.ReadAllText(_line.PathOf("rabbit/rabbitmq.conf"));
        Assert.Contains("cluster_partition_handling = pause_minority\n", configuration, StringComparison.Ordinal);
        Assert.Contains("cluster_formation.classic_config.nodes.3 = rabbit@c\n", configuration, StringComparison.Ordinal);
        Assert.Contains("default_worker_pool_size = 16\n", configuration, StringComparison.Ordinal);
        string definitions = File.ReadAllText(_line.PathOf("rabbit/definitions.json"));
        Assert.Contains("\"ha-params\": 2", definitions, StringComparison.Ordinal);
        Assert.Contains("\"ha-sync-mode\": \"manual\"", definitions, StringComparison.Ordinal);
        Assert.Contains("\"ha-promote-on-shutdown\": \"always\"", definitions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_prints_for_the_verifier_names_the_root_every_node_and_where_markers_go()
    {
        (await _line.RunAsync("tls", "init", "--out", "@tls", "--name", "127.0.0.1")).Ended(0);

        CommandResult result = (await _line.RunAsync("broker", "rabbitmq", "--out", "@rabbit", "--tls", "@tls", "--node", "rabbit@a", "--node", "rabbit@b", "--node", "rabbit@c")).Ended(0);

        Assert.Contains(
            $"--cluster amqps://a:5671,b:5671,c:5671 --cluster-ca {_line.PathOf("tls/ca.pem")} --cluster-mqtt mqtts://a:8883 --cluster-mqtt mqtts://b:8883 --cluster-mqtt mqtts://c:8883 --cluster-credential-file", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_needs_force_and_keeps_password_and_secret()
    {
        (await _line.RunAsync("broker", "rabbitmq", "--out", "@rabbit")).Ended(0);
        string credential = File.ReadAllText(_line.PathOf("rabbit/verifier.credential")).Trim();
        string secret = File.ReadAllText(_line.PathOf("rabbit/access.secret")).Trim();

        (await _line.RunAsync("broker", "rabbitmq", "--out", "@rabbit", "--mqtt", "127.0.0.1:1884")).Ended(2);
        (await _line.RunAsync("broker", "rabbitmq", "--out", "@rabbit", "--mqtt", "127.0.0.1:1884", "--force")).Ended(0);

        string configuration = File.ReadAllText(_line.PathOf("rabbit/rabbitmq.conf"));
        Assert.Contains("mqtt.listeners.tcp.1 = 127.0.0.1:1884\n", configuration, StringComparison.Ordinal);
        Assert.Contains($"auth_http.user_path = http://127.0.0.1:8080/v1/rabbitmq/{secret}/user\n", configuration, StringComparison.Ordinal);
        Assert.Equal(credential, File.ReadAllText(_line.PathOf("rabbit/verifier.credential")).Trim());
        using JsonDocument definitions = JsonDocument.Parse(File.ReadAllText(_line.PathOf("rabbit/definitions.json")));
        byte[] hash = definitions.RootElement.GetProperty("users")[0].GetProperty("password_hash").GetBytesFromBase64();
        Assert.Equal(hash[4..], SHA256.HashData([.. hash[..4], .. Encoding.UTF8.GetBytes(credential.Split(':')[1])]));
        Assert.All(
            Directory.GetFiles(_line.PathOf("rabbit")),
            file => Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file));
    }

    [Fact]
    public async Task Serve_names_its_own_options_when_a_cluster_cannot_be_used()
    {
        CommandResult result = (await _line.RunAsync("serve", "--data", "@data", "--cluster", "amqps://rabbit.example", "--cluster-access-file", "@missing")).Ended(2);

        Assert.Contains("--cluster-credential-file is missing", result.Error, StringComparison.Ordinal);
        Assert.Contains("--cluster-access-file is", result.Error, StringComparison.Ordinal);
    }
}
