using IotAttest.Mqtt;
using IotAttest.Service.Hosting;
using IotAttest.Service.Tests.Lessons;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>Boards over MQTTS and the verifier over AMQPS at a real node, as <c>broker rabbitmq --tls</c> configures it.</summary>
public sealed class ClusterTlsTests(SecuredRabbit secured) : IClassFixture<SecuredRabbit>
{
    private const string Untrusted = "a node of the RabbitMQ cluster has no certificate that counts";

    private RabbitCluster Cluster => secured.Cluster;

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task With_the_self_made_root_boards_and_verifier_talk_over_tls_and_the_marker_is_retained_over_it()
    {
        await using VerifierUnderTest verifier = await Cluster.StartVerifierAsync();
        using TestBoard board = await verifier.CertifiedBoardAsync();
        await using MqttBoard connection = await Cluster.ConnectAsync(board);

        await connection.PublishEvidenceAsync(board.Evidence(await connection.HelloAsync()));
        await connection.ResultAsync();

        Assert.Equal(("Conformant", 0), ((await board.DeviceAsync()).Text("conformity"), (await board.DeviceAsync()).RefusalCount()));
        Assert.NotEqual(0, (await connection.EpochAsync()).Payload.Length);
        await Assert.ThrowsAsync<MqttClientException>(async () => await (await MqttBoard.ConnectAsync(board, Cluster.Nodes[0].MqttPort)).DisposeAsync());
    }

    [RequiresToolTheory("rabbitmq-server", "epmd")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Under_another_root_or_the_systems_the_node_is_not_believed_and_the_verifier_says_what_it_expects(bool hasOtherRoot)
    {
        string? root = hasOtherRoot ? secured.OtherCaFile : null;

        await SaysAsync(options => options with { ClusterCa = root }, Untrusted, hasOtherRoot ? $"under a root in {root}" : "under a root of this system (ClusterCa names another)");
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task Under_a_name_that_is_not_in_its_certificate_the_node_is_not_believed() =>
        await SaysAsync(options => options with { Cluster = $"amqps://localhost:{Cluster.Nodes[0].AmqpPort}" }, Untrusted, "a certificate for the host as Cluster names it");

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task A_connection_without_tls_to_the_port_with_it_fails_and_the_verifier_says_why() =>
        await SaysAsync(options => options with { Cluster = $"amqp://127.0.0.1:{Cluster.Nodes[0].AmqpPort}", ClusterCa = null }, "there is no connection to the RabbitMQ cluster", "write amqps:// for it");

    /// <summary>Starts a verifier that cannot connect: what everybody reads, and what the log adds.</summary>
    private async Task SaysAsync(Func<VerifierOptions, VerifierOptions> change, string words, string logged)
    {
        using LogMemory logs = new();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => change(Cluster.Tell(options) with { ClusterMqtt = [] }), logs: logs);

        await Eventually.TrueAsync(async () => (await verifier.ReadyzAsync()).Text.Contains(words, StringComparison.Ordinal), words);
        Assert.False((await verifier.ReadyzAsync()).IsReady);
        await Eventually.TrueAsync(() => Task.FromResult(logs.Text.Contains(logged, StringComparison.Ordinal)), logged);
    }
}
