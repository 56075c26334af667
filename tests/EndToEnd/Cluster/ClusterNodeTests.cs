using System.Diagnostics;
using IotAttest.Mqtt;
using IotAttest.Support;
using RabbitMQ.Client;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>Three nodes, one of which is killed under boards and verifier and comes back.</summary>
public sealed class ClusterNodeTests
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    [RequiresLongRunFact("rabbitmq-server", "epmd")]
    [Trait("Run", "long")]
    public async Task With_one_of_three_nodes_killed_boards_are_answered_within_ten_seconds_by_the_others_and_it_returns()
    {
        await using RabbitCluster cluster = await RabbitCluster.StartAsync(3);
        await using VerifierUnderTest verifier = await cluster.StartVerifierAsync();
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        TestBoard[] boards = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => new TestBoard(verifier).EnrolAsync()));
        for (int killed = 0; killed < 3; killed++)
        {
            await RoundAsync(cluster, boards, killed);
        }

        Assert.All(await Task.WhenAll(boards.Select(board => board.DeviceAsync())), device => Assert.Equal(("Conformant", 0), (device.Text("conformity"), device.RefusalCount())));
        await using IConnection connection = await cluster.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        Assert.Equal(0u, await DeadLetter.CountAsync(channel));
        Array.ForEach(boards, board => board.Dispose());
    }

    private static async Task RoundAsync(RabbitCluster cluster, TestBoard[] boards, int killed)
    {
        // Whoever takes a node out looks first whether the others can do without it, which takes a while after one came back.
        foreach (RabbitNode node in cluster.Nodes)
        {
            await Eventually.TrueAsync(node.MayGoAsync, "the cluster has a majority without any one node", cluster.Logs);
        }

        // Half of the boards are at the node that goes.
        int other = (killed + 1) % 3;
        MqttBoard[] connections = await Task.WhenAll(boards.Select((board, index) => cluster.ConnectAsync(board, index % 2 == 0 ? killed : other)));
        await Task.WhenAll(boards.Zip(connections).Select(pair => AttestAsync(pair.First, pair.Second)));

        cluster.Nodes[killed].Kill();
        long since = Stopwatch.GetTimestamp();
        for (int index = 0; index < boards.Length; index += 2)
        {
            await connections[index].DisposeAsync();
            connections[index] = await cluster.ConnectAsync(boards[index], other);
        }

        await Task.WhenAll(Enumerable.Range(0, boards.Length).Select(async index => connections[index] = await AgainAsync(cluster, boards[index], connections[index], other)));
        TimeSpan took = Stopwatch.GetElapsedTime(since);
        Assert.True(took < Pace.Allowed(Recovery), $"boards were answered {took} after node {killed + 1} was killed");

        await Eventually.TrueAsync(cluster.Nodes[other].HasMqttLeaderAsync, "the other nodes' MQTT plugins have a leader", cluster.Logs);
        cluster.Nodes[killed].Begin();
        await cluster.Nodes[killed].ReadyAsync();
        await connections[0].DisposeAsync();
        connections[0] = await cluster.ConnectAsync(boards[0], killed);
        connections[0] = await AgainAsync(cluster, boards[0], connections[0], killed);
        foreach (MqttBoard connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    private static async Task AttestAsync(TestBoard board, MqttBoard connection)
    {
        board.Uptime++;
        await connection.PublishEvidenceAsync(board.Evidence(await connection.HelloAsync()));
        await connection.ResultAsync();
    }

    // As the agent does: a hello that no node carried is said again, and a connection that the node ended is made anew. RabbitMQ 3.10.8 ends that of a
    // board whose evidence it could not take, while the majority finds a new leader.
    private static async Task<MqttBoard> AgainAsync(RabbitCluster cluster, TestBoard board, MqttBoard connection, int node)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await AttestAsync(board, connection).WaitAsync(TimeSpan.FromSeconds(3));
                    return true;
                }
                catch (TimeoutException)
                {
                    return false;
                }
                catch (MqttClientException)
                {
                    await connection.DisposeAsync();
                    connection = await cluster.ConnectAsync(board, node);
                    return false;
                }
            },
            "the board attests");
        return connection;
    }
}
