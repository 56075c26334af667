using System.Collections.Concurrent;
using IotAttest.Agent;
using IotAttest.Cli.Bench;
using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>The real agent at a real RabbitMQ whose connection stays open and brings nothing (docs/scale.md, Deaf connections).</summary>
[Collection(RabbitFixture.Name)]
public sealed class DeafConnectionTests(RabbitFixture fixture)
{
    private static readonly FlashRegion[] Regions = [new("deployment", 0, 0x1000)];

    [RequiresToolFact("rabbitmq-server", "epmd")]
    public async Task A_board_whose_topics_were_unbound_behind_its_back_connects_anew_and_is_answered()
    {
        using TemporaryFolder folder = new();
        await using VerifierUnderTest verifier = await fixture.Cluster.StartVerifierAsync();
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        BoardIdentity identity = BoardIdentity.Create(BoardKeyType.Hmac);
        using (HttpClient client = verifier.Operator())
        {
            Assert.Equal(201, await client.PostTextAsync("/v1/devices", Boards.Hmac(identity.UeidHex, identity.HmacKey).With("credential", identity.Credential).ToJsonString()).StatusAsync());
        }

        using FlashImage image = FlashImage.Create(Path.Combine(folder.Path, "flash"), 0x1000, [(0, [1, 2, 3])]);
        using SimulatedBoard board = new(new SimulatedBoardOptions
        {
            DataFolder = folder.Path,
            Identity = identity,
            ClassId = Guid.Parse(Boards.Class),
            OemId = 32473,
            Flash = new SimulatedFlash(image, Regions, Path.Combine(folder.Path, "flash-pages")),
            Port = fixture.Cluster.Nodes[0].MqttPort,
            RepeatUntilResult = true,
            HelloAgain = TimeSpan.FromMilliseconds(500),
            Silence = TimeSpan.FromMilliseconds(500),
        });
        ConcurrentQueue<AgentStatus> statuses = new();
        board.StatusChanged += (_, arguments) => statuses.Enqueue(arguments.Status);
        board.Start();
        await Eventually.TrueAsync(() => Task.FromResult(statuses.Contains(AgentStatus.Result)), "the board is answered");

        int before = statuses.Count;
        await fixture.Cluster.Nodes[0].UnbindAsync($"mqtt-subscription-{identity.UeidHex}qos1");
        await Eventually.TrueAsync(
            () => Task.FromResult(statuses.Skip(before).SkipWhile(status => status != AgentStatus.BrokerLost).Contains(AgentStatus.Result)),
            "it is answered over another connection",
            () => string.Join(' ', statuses.TakeLast(60)));

        // One more when the last evidence had no result either.
        Assert.InRange(LongestWaits(statuses), 24, 25);
    }

    /// <summary>How many waits in vain a connection was given up after, at most.</summary>
    private static int LongestWaits(IEnumerable<AgentStatus> statuses)
    {
        (int longest, int waits) = (0, 0);
        foreach (AgentStatus status in statuses)
        {
            longest = status == AgentStatus.BrokerLost ? Math.Max(longest, waits) : longest;
            waits = status switch
            {
                AgentStatus.NoAnswer => waits + 1,
                AgentStatus.EvidenceAcknowledged or AgentStatus.BrokerLost => 0,
                _ => waits,
            };
        }

        return longest;
    }
}
