using IotAttest.Service.Brokers;
using IotAttest.Service.Cluster;
using IotAttest.Service.Hosting;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Tests.Cluster;

/// <summary>What a verifier may be told about its cluster.</summary>
public sealed class ClusterOptionsTests : IDisposable
{
    private readonly string _credential = Path.GetTempFileName();
    private readonly string _file = Path.GetTempFileName();

    public ClusterOptionsTests() => File.WriteAllText(_credential, "iotattest-verifier:word");

    public void Dispose()
    {
        File.Delete(_credential);
        File.Delete(_file);
    }

    [Theory]
    [InlineData("amqp://127.0.0.1:5672", true)]
    [InlineData("amqp://localhost,127.0.0.1:5673,[::1]", true)]
    [InlineData("amqps://rabbit1.example,rabbit2.example:5673", true)]
    [InlineData("amqp://127.0.0.1,rabbit.example", false)]
    [InlineData("amqps://user:word@rabbit.example", false)]
    [InlineData("amqps://rabbit.example/vhost", false)]
    [InlineData("amqps://rabbit.example,", false)]
    [InlineData("amqps://rabbit.example:0", false)]
    [InlineData("rabbit.example:5672", false)]
    [InlineData("mqtts://rabbit.example", false)]
    public void A_cluster_is_named_by_hosts_and_ports_alone_and_without_tls_only_on_this_machine(string cluster, bool isFine)
    {
        string[] failures = FailuresOf(Fine() with { Cluster = cluster });

        Assert.Equal(isFine, failures.Length == 0);
        Assert.DoesNotContain(failures, failure => failure.Contains("word@", StringComparison.Ordinal));
    }

    [Fact]
    public void Ports_that_are_left_out_are_those_of_amqp_and_amqps()
    {
        Assert.Equal([("127.0.0.1", 5672), ("::1", 7)], ClusterAddress.Of("amqp://127.0.0.1,[::1]:7")!.Nodes);
        Assert.Equal([("rabbit.example", 5671)], ClusterAddress.Of("amqps://rabbit.example")!.Nodes);
        Assert.NotNull(ClusterAddress.Of($"amqps://{string.Join(',', Enumerable.Range(0, 16).Select(number => $"n{number}"))}"));
        Assert.Null(ClusterAddress.Of($"amqps://{string.Join(',', Enumerable.Range(0, 17).Select(number => $"n{number}"))}"));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void A_verifier_works_on_1_to_10000_messages_at_a_time(int prefetch, bool isFine) => Assert.Equal(isFine, FailuresOf(Fine() with { ClusterPrefetch = prefetch }).Length == 0);

    [Theory]
    [InlineData(31, 'a', false)]
    [InlineData(32, 'a', true)]
    [InlineData(128, '_', true)]
    [InlineData(129, 'a', false)]
    [InlineData(40, '/', false)]
    public void The_secret_of_questions_has_32_to_128_letters_and_a_wrong_one_is_not_repeated(int length, char letter, bool isFine)
    {
        File.WriteAllText(_file, $"{new string(letter, length)}\n");

        string[] failures = FailuresOf(new VerifierOptions { ClusterAccessFile = _file });

        Assert.Equal(isFine, failures.Length == 0);
        Assert.DoesNotContain(failures, failure => failure.Contains(new string(letter, 20), StringComparison.Ordinal));
    }

    [Fact]
    public void What_belongs_to_a_cluster_needs_one_and_a_cluster_needs_its_credential_and_no_broker()
    {
        Assert.Single(FailuresOf(new VerifierOptions { ClusterCredentialFile = _credential }));
        Assert.Single(FailuresOf(new VerifierOptions { ClusterCa = _file }));
        Assert.Single(FailuresOf(Fine() with { ClusterCredentialFile = null }));
        Assert.Single(FailuresOf(Fine() with { ClusterCredentialFile = _file }));
        Assert.Single(FailuresOf(Fine() with { Broker = new Uri("mqtts://broker.example") }));
        Assert.Single(FailuresOf(Fine() with { ClusterMqtt = [new Uri("mqtt://rabbit.example")] }));
        Assert.Single(FailuresOf(Fine() with { ClusterMqtt = [new Uri("mqtts://rabbit.example"), new Uri("https://rabbit.example")] }));
        Assert.Empty(FailuresOf(Fine() with { ClusterMqtt = [new Uri("mqtts://rabbit.example")] }));
    }

    [Theory]
    [InlineData("iotattest.v1.010102030405060708090a0b0c0d0e0f10.evidence", true)]
    [InlineData("iotattest/v1/010102030405060708090a0b0c0d0e0f10/evidence", false)]
    [InlineData("iotattest.v1/010102030405060708090a0b0c0d0e0f10.evidence", false)]
    [InlineData("iotattest.v1.dashboard.evidence", false)]
    public void A_routing_key_is_a_topic_with_dots(string key, bool isBoard) => Assert.Equal(isBoard, BrokerTopic.TryParse(RoutingKey.TopicOf(key), out _, out _));

    private VerifierOptions Fine() => new() { Cluster = "amqps://rabbit.example", ClusterCredentialFile = _credential };

    private static string[] FailuresOf(VerifierOptions options) =>
        Record.Exception(() => VerifierOptionsCheck.Check(options)) is OptionsValidationException refused ? [.. refused.Failures] : [];
}
