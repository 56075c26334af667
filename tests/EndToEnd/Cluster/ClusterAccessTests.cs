using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Support;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>A real RabbitMQ asks the verifier who may log in, and which topics are whose.</summary>
[Collection(RabbitFixture.Name)]
public sealed class ClusterAccessTests(RabbitFixture fixture)
{
    private RabbitCluster Cluster => fixture.Cluster;

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task Who_is_no_board_in_service_with_its_own_name_and_credential_is_not_let_in()
    {
        await using VerifierUnderTest verifier = await Cluster.StartVerifierAsync();
        using TestBoard board = await verifier.CertifiedBoardAsync();
        using TestBoard stranger = new(verifier);
        using TestBoard retired = await new TestBoard(verifier).EnrolAsync();
        using HttpClient client = verifier.Operator();
        Assert.Equal(200, await client.PostJsonAsync($"/v1/devices/{retired.Ueid}/decommission", new { reason = "sold" }).StatusAsync());
        await (await Cluster.ConnectAsync(board)).DisposeAsync();

        await RefusedAsync(Cluster.OptionsOf(board, password: "guess"));
        await RefusedAsync(Cluster.OptionsOf(board, clientId: stranger.Ueid));
        await RefusedAsync(Cluster.OptionsOf(stranger));
        await RefusedAsync(Cluster.OptionsOf(retired));
        using IConnection asVerifier = await Cluster.ConnectAsync();
        ConnectionFactory overAmqp = new() { UserName = board.Ueid, Password = board.Credential, Port = Cluster.Nodes[0].AmqpPort, HostName = "127.0.0.1" };
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => overAmqp.CreateConnectionAsync());
        ConnectionFactory guest = new() { Port = Cluster.Nodes[0].AmqpPort, HostName = "127.0.0.1" };
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => guest.CreateConnectionAsync());
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task A_board_neither_writes_nor_reads_the_topics_of_another()
    {
        await using VerifierUnderTest verifier = await Cluster.StartVerifierAsync();
        using TestBoard board = await verifier.CertifiedBoardAsync();
        using TestBoard thief = await new TestBoard(verifier).EnrolAsync();
        await using MqttBoard connection = await Cluster.ConnectAsync(board);
        byte[] evidence = board.Evidence(await connection.HelloAsync());

        foreach (string filter in new[] { Topics.Challenge(board.Ueid), $"{Topics.Prefix}#", $"{Topics.Prefix}+/challenge", "#", Topics.Evidence(thief.Ueid) })
        {
            await using MqttBoard reading = await Cluster.ConnectAsync(thief);
            await AssertRefusedAsync(() => reading.Connection.SubscribeAsync(filter, MqttQualityOfService.AtLeastOnce), reading.Connection, filter);
        }

        foreach (string topic in new[] { Topics.Evidence(board.Ueid), Topics.Hello(board.Ueid), Topics.Result(board.Ueid), Topics.Challenge(thief.Ueid), Topics.Epoch, "anything" })
        {
            await using MqttBoard writing = await Cluster.ConnectAsync(thief);
            await AssertRefusedAsync(() => writing.Connection.PublishAsync(topic, evidence).AsTask(), writing.Connection, topic);
        }

        await using (MqttClientConnection dying = await MqttClientConnection.ConnectAsync(Cluster.OptionsOf(thief, will: new MqttMessage(Topics.Evidence(board.Ueid), evidence, MqttQualityOfService.AtLeastOnce))))
        {
            dying.Abort();
        }

        await connection.PublishEvidenceAsync(evidence);
        await connection.ResultAsync();
        Assert.Equal(0, (await board.DeviceAsync()).RefusalCount());
        Assert.Equal(1, await verifier.MetricAsync("iotattest_evidence_accepted_total"));
    }

    private static async Task RefusedAsync(MqttClientOptions options) =>
        await Assert.ThrowsAsync<MqttClientException>(async () => await (await MqttClientConnection.ConnectAsync(options)).DisposeAsync());

    // RabbitMQ 3.10.8 ends the connection of who may not.
    private static async Task AssertRefusedAsync(Func<Task> call, MqttClientConnection connection, string what)
    {
        Exception? refused = await Record.ExceptionAsync(call);
        Assert.True(refused is MqttClientException, $"{what} was let through");
        await connection.DisposeAsync();
    }
}
