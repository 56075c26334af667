using System.Security.Cryptography;
using IotAttest.Cli.Bench;
using IotAttest.Mqtt;
using IotAttest.Service.Storage;
using IotAttest.Support;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>DESIGN.md section 5, way 3: boards at a real RabbitMQ over MQTT, the verifier as consumer of its quorum queue.</summary>
[Collection(RabbitFixture.Name)]
public sealed class ClusterTests(RabbitFixture fixture)
{
    private const string Evidence = "iotattest.v1.evidence";
    private const int DeliveryLimit = 20;

    private RabbitCluster Cluster => fixture.Cluster;

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task A_board_at_the_cluster_is_challenged_again_and_again_and_gets_the_signed_result()
    {
        await using VerifierUnderTest verifier = await Cluster.StartVerifierAsync(options => options with { AttestEvery = TimeSpan.FromSeconds(2) });
        using TestBoard board = await verifier.CertifiedBoardAsync();
        await using MqttBoard connection = await Cluster.ConnectAsync(board);

        await connection.PublishEvidenceAsync(board.Evidence(await connection.HelloAsync()));
        byte[] result = await connection.ResultAsync();
        await connection.PublishEvidenceAsync(board.Evidence(await connection.ChallengeAsync()));
        byte[] second = await connection.ResultAsync();

        Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
        Assert.Equal(0, (await board.DeviceAsync()).RefusalCount());
        Assert.NotEqual(result, second);
        await MarkerIsRetainedAsync(verifier, board);
        Assert.Equal(1, await verifier.MetricAsync("iotattest_cluster_leads"));
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task What_came_while_no_verifier_ran_and_what_another_consumer_left_is_appraised_once()
    {
        await using VerifierUnderTest verifier = await Cluster.StartVerifierAsync();
        TestBoard[] boards = await EpochBoardsAsync(verifier, 6);
        MqttBoard[] connections = await Task.WhenAll(boards.Select(board => Cluster.ConnectAsync(board)));
        byte[] nonce = await NonceAsync(verifier.Address);

        // Each topic is asked for once per connection: these boards go on while nobody answers.
        await AttestAsync(boards, connections, nonce);
        await Task.WhenAll(connections.Select(connection => connection.ResultAsync()));
        await verifier.StopAsync();
        using (IConnection other = await Cluster.ConnectAsync())
        {
            // A second consumer of the queue: it takes half of what comes, and dies with it.
            IChannel channel = await other.CreateChannelAsync();
            await channel.BasicQosAsync(0, 3, global: false);
            SemaphoreSlim taken = new(0);
            AsyncEventingBasicConsumer consumer = new(channel);
            consumer.ReceivedAsync += (_, _) => Task.FromResult(taken.Release());
            await channel.BasicConsumeAsync(Evidence, autoAck: false, consumer);
            await AttestAsync(boards, connections, nonce);
            for (int count = 0; count < 3; count++)
            {
                Assert.True(await taken.WaitAsync(TimeSpan.FromSeconds(20)));
            }
        }

        await verifier.StartAgainAsync();
        await Task.WhenAll(connections.Select(connection => connection.ResultAsync()));

        Assert.Equal(boards.Length, await verifier.MetricAsync("iotattest_evidence_accepted_total"));
        foreach ((TestBoard board, MqttBoard connection) in boards.Zip(connections))
        {
            Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
            Assert.Equal(0, (await board.DeviceAsync()).RefusalCount());
            await connection.DisposeAsync();
            board.Dispose();
        }
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task A_verifier_killed_with_evidence_in_its_hands_loses_none_and_counts_none_twice()
    {
        await using VerifierUnderTest verifier = await Cluster.StartVerifierAsync();
        TestBoard[] boards = await EpochBoardsAsync(verifier, 20);
        await verifier.StopAsync();
        MqttBoard[] connections;
        byte[] nonce;
        using (ChildVerifier child = await ChildVerifier.StartAsync(
            verifier.DataDirectory, CancellationToken.None, "--http", Cluster.HttpAddress, "--cluster", Cluster.Url, "--cluster-credential-file", Cluster.CredentialFile, "--cluster-access-file", Cluster.AccessFile, "--cluster-mqtt", $"mqtt://127.0.0.1:{Cluster.Nodes[0].MqttPort}"))
        {
            connections = await Task.WhenAll(boards.Select(board => Cluster.ConnectAsync(board)));
            nonce = await NonceAsync(child.Http);
            await AttestAsync(boards, connections, nonce);
            await Task.WhenAll(connections.Select(connection => connection.ResultAsync()));
            Task sending = AttestAsync(boards, connections, nonce);
            await connections[0].ResultAsync();
            child.Kill();
            await sending;
        }

        await verifier.StartAgainAsync();

        foreach ((TestBoard board, MqttBoard connection) in boards.Zip(connections))
        {
            // Its own word that the second evidence is in: the same bytes again are known already, and no refusal.
            await connection.PublishEvidenceAsync(board.Evidence(nonce));
            await connection.ResultAsync();
            Assert.Equal(0, (await board.DeviceAsync()).RefusalCount());
            Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
            await connection.DisposeAsync();
            board.Dispose();
        }

        await Eventually.TrueAsync(async () => await WaitingAsync() == 0, "nothing is left in the queue");
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task Evidence_that_cannot_be_stored_is_not_acknowledged_and_comes_again()
    {
        await using VerifierUnderTest verifier = await Cluster.StartVerifierAsync();
        using TestBoard board = await verifier.CertifiedBoardAsync();
        await using MqttBoard connection = await Cluster.ConnectAsync(board);
        byte[] challenge = await connection.HelloAsync();

        verifier.Execute("CREATE TRIGGER broken BEFORE INSERT ON device_state BEGIN SELECT RAISE(ABORT, 'no room'); END");
        await connection.PublishEvidenceAsync(board.Evidence(challenge));
        await Eventually.TrueAsync(async () => await verifier.MetricAsync("iotattest_cluster_returned_total") > 0, "the message is not acknowledged");
        bool hadResult = connection.HasResult;
        verifier.Execute("DROP TRIGGER broken");
        await connection.ResultAsync();

        Assert.False(hadResult);
        Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task A_verifier_whose_store_is_held_up_has_no_more_in_its_hands_than_it_asked_for()
    {
        const int Prefetch = 4;
        await using VerifierUnderTest verifier = await Cluster.StartVerifierAsync(options => options with { ClusterPrefetch = Prefetch });
        TestBoard[] boards = await EpochBoardsAsync(verifier, 6);
        MqttBoard[] connections = await Task.WhenAll(boards.Select(board => Cluster.ConnectAsync(board)));
        byte[] nonce = await NonceAsync(verifier.Address);
        using ManualResetEventSlim goesOn = new();
        Task held = verifier.Services.GetRequiredService<StoreWriter>().ExecuteAsync((_, _) => goesOn.Wait());
        double received;
        try
        {
            await AttestAsync(boards, connections, nonce);
            await Eventually.TrueAsync(async () => await WaitingAsync() == boards.Length - Prefetch, "the rest waits at RabbitMQ, where another verifier could take it");
            await AttestAsync(boards, connections, nonce);
            await Eventually.TrueAsync(async () => await WaitingAsync() == (2 * boards.Length) - Prefetch, "all that came later waits there too");
            received = await verifier.MetricAsync("iotattest_cluster_received_total");
        }
        finally
        {
            goesOn.Set();
        }

        await held;
        await Eventually.TrueAsync(async () => await verifier.MetricAsync("iotattest_evidence_accepted_total") == 2 * boards.Length, "it takes the rest when its store goes on");

        Assert.Equal(Prefetch, received);
        foreach ((TestBoard board, MqttBoard connection) in boards.Zip(connections))
        {
            await connection.DisposeAsync();
            board.Dispose();
        }
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task Poison_goes_to_the_dead_letter_queue_with_its_reason_and_what_grew_old_goes_nowhere()
    {
        await using VerifierUnderTest verifier = await Cluster.StartVerifierAsync();
        using IConnection connection = await Cluster.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.QueuePurgeAsync("iotattest.v1.dead");

        await channel.BasicPublishAsync("amq.topic", "iotattest.v1.dashboard.evidence", new byte[10]);
        DeadLetter wrongTopic = await DeadLetter.NextAsync(channel);
        await channel.BasicPublishAsync("amq.topic", $"iotattest.v1.01{new string('a', 32)}.evidence", new byte[9000]);
        DeadLetter tooLarge = await DeadLetter.NextAsync(channel);
        Assert.Equal(2, await verifier.MetricAsync("iotattest_cluster_dead_total"));
        await verifier.StopAsync();

        // What kills whoever takes it: RabbitMQ counts.
        string key = $"iotattest.v1.01{new string('b', 32)}.evidence";
        await channel.BasicPublishAsync("amq.topic", key, new byte[7]);
        for (int delivery = 0; delivery <= DeliveryLimit; delivery++)
        {
            BasicGetResult? again = null;
            await Eventually.TrueAsync(async () => (again = await channel.BasicGetAsync(Evidence, autoAck: false)) is not null, $"delivery {delivery}");
            await channel.BasicNackAsync(again!.DeliveryTag, multiple: false, requeue: true);
        }

        DeadLetter limit = await DeadLetter.NextAsync(channel);
        await channel.BasicPublishAsync("amq.topic", key, mandatory: true, new BasicProperties { Expiration = "200" }, new byte[8]);
        await Eventually.TrueAsync(async () => await WaitingAsync() == 0, "the message expires");

        Assert.Equal(("iotattest.v1.dashboard.evidence", "WrongTopic", 10), (wrongTopic.RoutingKey, wrongTopic.Reason, wrongTopic.LengthBytes));
        Assert.Equal(("TooLarge", 8192), (tooLarge.Reason, tooLarge.LengthBytes));
        Assert.Equal((key, "delivery_limit", 7), (limit.RoutingKey, limit.Reason, limit.LengthBytes));
        Assert.Equal(0u, await DeadLetter.CountAsync(channel));
        await verifier.StartAgainAsync();
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task The_queue_keeps_messages_for_a_minute_and_a_verifier_with_other_queues_says_so()
    {
        await using VerifierUnderTest verifier = await Cluster.StartVerifierAsync();
        using IConnection connection = await Cluster.ConnectAsync();

        foreach (int ttl in new[] { 60_000, 59_999 })
        {
            IChannel channel = await connection.CreateChannelAsync();
            Dictionary<string, object?> arguments = new() { ["x-queue-type"] = "quorum", ["x-message-ttl"] = ttl, ["x-delivery-limit"] = 20, ["x-dead-letter-exchange"] = "iotattest.v1.dead" };
            Task<QueueDeclareOk> declared = channel.QueueDeclareAsync(Evidence, durable: true, exclusive: false, autoDelete: false, arguments);
            if (ttl == 60_000)
            {
                await declared;
            }
            else
            {
                Assert.Equal(406, (await Assert.ThrowsAsync<OperationInterruptedException>(() => declared)).ShutdownReason!.ReplyCode);
            }
        }
    }

    [RequiresToolTheory("rabbitmq-server", "epmd")]
    [InlineData(true, "refuses this verifier's user or password")]
    [InlineData(false, "no connection to the RabbitMQ cluster")]
    public async Task A_wrong_password_or_no_node_is_told_by_readyz(bool isWrongPassword, string words)
    {
        string wrong = Path.GetTempFileName();
        await File.WriteAllTextAsync(wrong, "iotattest-verifier:guess");
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(
            change: options => isWrongPassword ? Cluster.Tell(options) with { ClusterCredentialFile = wrong } : Cluster.Tell(options) with { Cluster = $"amqp://127.0.0.1:{FreePort.Next()}" });

        await Eventually.TrueAsync(async () => (await verifier.ReadyzAsync()).Text.Contains(words, StringComparison.Ordinal), words);
        File.Delete(wrong);
    }

    private static async Task<TestBoard[]> EpochBoardsAsync(VerifierUnderTest verifier, int count)
    {
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(_ => new TestBoard(verifier).EnrolAsync("freshness", "epoch")));
    }

    // The next evidence of each board, once the cluster has it.
    private static Task AttestAsync(TestBoard[] boards, MqttBoard[] connections, byte[] nonce) => Task.WhenAll(Enumerable.Range(0, boards.Length).Select(index =>
    {
        boards[index].Uptime++;
        return connections[index].PublishEvidenceAsync(boards[index].Evidence(nonce));
    }));

    private static async Task<byte[]> NonceAsync(Uri verifier)
    {
        using HttpClient client = new() { BaseAddress = verifier };
        return SHA256.HashData(await client.GetByteArrayAsync(new Uri("/v1/epoch", UriKind.Relative)));
    }

    // Nodes of these tests hold the marker of another verifier until this one has led for a moment.
    private async Task MarkerIsRetainedAsync(VerifierUnderTest verifier, TestBoard board)
    {
        byte[] expected = await NonceAsync(verifier.Address);
        await Eventually.TrueAsync(
            async () =>
            {
                await using MqttBoard later = await Cluster.ConnectAsync(board);
                MqttMessage marker = await later.EpochAsync();
                return marker.Retain && SHA256.HashData(marker.Payload.Span).AsSpan().SequenceEqual(expected);
            },
            "the marker waits for boards that come later");
    }

    private async Task<uint> WaitingAsync()
    {
        using IConnection connection = await Cluster.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(Evidence);
    }
}
