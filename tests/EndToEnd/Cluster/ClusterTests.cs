using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using IotAttest.Cli.Bench;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Service.Hosting;
using IotAttest.Support;
using Microsoft.Data.Sqlite;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>DESIGN.md section 5, way 3: boards at a real RabbitMQ over MQTT, the verifier as consumer of its quorum queue and as the one who says what boards may do.</summary>
public sealed class ClusterTests(RabbitFixture fixture) : IClassFixture<RabbitFixture>
{
    private const string Evidence = "iotattest.v1.evidence";
    private const int DeliveryLimit = 20;

    private RabbitCluster Cluster => fixture.Cluster;

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task A_board_at_the_cluster_is_challenged_again_and_again_and_gets_the_signed_result()
    {
        await using VerifierUnderTest verifier = await StartAsync(options => options with { AttestEvery = TimeSpan.FromSeconds(2) });
        using TestBoard board = await CertifiedBoardAsync(verifier);
        await using MqttBoard connection = await Cluster.ConnectAsync(board);

        await connection.PublishEvidenceAsync(board.Evidence(await connection.HelloAsync()));
        byte[] result = await connection.ResultAsync();
        await connection.PublishEvidenceAsync(board.Evidence(await connection.ChallengeAsync()));
        byte[] second = await connection.ResultAsync();

        Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
        Assert.Equal(0, (await board.DeviceAsync()).RefusalCount());
        Assert.NotEqual(result, second);
        await MarkerIsRetainedAsync(verifier, board);
        Assert.Equal(1, await MetricAsync(verifier, "iotattest_cluster_leads"));
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task Who_is_no_board_in_service_with_its_own_name_and_credential_is_not_let_in()
    {
        await using VerifierUnderTest verifier = await StartAsync();
        using TestBoard board = await CertifiedBoardAsync(verifier);
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
        await using VerifierUnderTest verifier = await StartAsync();
        using TestBoard board = await CertifiedBoardAsync(verifier);
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
        Assert.Equal(1, await MetricAsync(verifier, "iotattest_evidence_accepted_total"));
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task What_came_while_no_verifier_ran_and_what_another_consumer_left_is_appraised_once()
    {
        await using VerifierUnderTest verifier = await StartAsync();
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

        Assert.Equal(boards.Length, await MetricAsync(verifier, "iotattest_evidence_accepted_total"));
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
        await using VerifierUnderTest verifier = await StartAsync();
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
        await using VerifierUnderTest verifier = await StartAsync();
        using TestBoard board = await CertifiedBoardAsync(verifier);
        await using MqttBoard connection = await Cluster.ConnectAsync(board);
        byte[] challenge = await connection.HelloAsync();

        Execute(verifier, "CREATE TRIGGER broken BEFORE INSERT ON device_state BEGIN SELECT RAISE(ABORT, 'no room'); END");
        await connection.PublishEvidenceAsync(board.Evidence(challenge));
        await Eventually.TrueAsync(async () => await MetricAsync(verifier, "iotattest_cluster_returned_total") > 0, "the message is not acknowledged");
        bool hadResult = connection.HasResult;
        Execute(verifier, "DROP TRIGGER broken");
        await connection.ResultAsync();

        Assert.False(hadResult);
        Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
    }

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task Poison_goes_to_the_dead_letter_queue_with_its_reason_and_what_grew_old_goes_nowhere()
    {
        await using VerifierUnderTest verifier = await StartAsync();
        using IConnection connection = await Cluster.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.QueuePurgeAsync("iotattest.v1.dead");

        await channel.BasicPublishAsync("amq.topic", "iotattest.v1.dashboard.evidence", new byte[10]);
        DeadLetter wrongTopic = await DeadLetter.NextAsync(channel);
        await channel.BasicPublishAsync("amq.topic", $"iotattest.v1.01{new string('a', 32)}.evidence", new byte[9000]);
        DeadLetter tooLarge = await DeadLetter.NextAsync(channel);
        Assert.Equal(2, await MetricAsync(verifier, "iotattest_cluster_dead_total"));
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
        await using VerifierUnderTest verifier = await StartAsync();
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

        await Eventually.TrueAsync(async () => (await ReadyzAsync(verifier)).Text.Contains(words, StringComparison.Ordinal), words);
        File.Delete(wrong);
    }

    private async Task<VerifierUnderTest> StartAsync(Func<VerifierOptions, VerifierOptions>? change = null)
    {
        VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => (change ?? (same => same))(Cluster.Tell(options)));
        await Eventually.TrueAsync(async () => (await ReadyzAsync(verifier)).IsReady, "the verifier is ready");
        return verifier;
    }

    private static async Task<TestBoard> CertifiedBoardAsync(VerifierUnderTest verifier)
    {
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        return await new TestBoard(verifier).EnrolAsync();
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

    private static async Task RefusedAsync(MqttClientOptions options) =>
        await Assert.ThrowsAsync<MqttClientException>(async () => await (await MqttClientConnection.ConnectAsync(options)).DisposeAsync());

    // RabbitMQ 3.10.8 ends the connection of who may not.
    private static async Task AssertRefusedAsync(Func<Task> call, MqttClientConnection connection, string what)
    {
        Exception? refused = await Record.ExceptionAsync(call);
        Assert.True(refused is MqttClientException, $"{what} was let through");
        await connection.DisposeAsync();
    }

    private async Task<uint> WaitingAsync()
    {
        using IConnection connection = await Cluster.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(Evidence);
    }

    private static void Execute(VerifierUnderTest verifier, string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(verifier.DataDirectory, "iotattest.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task<double> MetricAsync(VerifierUnderTest verifier, string name)
    {
        using HttpClient client = verifier.Anybody();
        string text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return text.Split('\n').Where(line => line.StartsWith($"{name} ", StringComparison.Ordinal)).Select(line => double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture)).SingleOrDefault();
    }

    private static async Task<(bool IsReady, string Text)> ReadyzAsync(VerifierUnderTest verifier)
    {
        using HttpClient client = verifier.Anybody();
        using HttpResponseMessage response = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        return (response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }
}
