using System.Security.Cryptography;

using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>The agent over a real broker, in epoch mode.</summary>
public sealed class EpochTests
{
    [RequiresToolFact("mosquitto")]
    public void The_retained_marker_is_answered_once_and_then_the_board_may_sleep()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        byte[] marker = RandomNumberGenerator.GetBytes(180);
        verifier.Publish(Topics.Epoch, marker, retain: true);
        using TestBoard board = new(broker.Port, change: options => options with { Freshness = FreshnessMode.Epoch });

        board.Board.Start();
        board.AwaitStatus(AgentStatus.MaySleep);
        DecodedEvidence evidence = new(verifier.NextEvidence());

        Assert.Equal(SHA256.HashData(marker), evidence.Nonce);
        Assert.True(evidence.IsAuthentic(board.Identity));
        Assert.Single(board.Statuses, AgentStatus.EvidenceSent);
        Assert.Equal(0, verifier.Hellos);
    }

    [RequiresToolFact("mosquitto")]
    public void A_board_that_stays_awake_answers_the_next_marker_too()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        verifier.Publish(Topics.Epoch, [1], retain: true);
        using TestBoard board = new(broker.Port, change: options => options with { Freshness = FreshnessMode.Epoch });
        board.Board.Start();
        board.AwaitStatus(AgentStatus.MaySleep);
        verifier.NextEvidence();

        verifier.Publish(Topics.Epoch, [2], retain: true);

        Assert.Equal(SHA256.HashData([2]), new DecodedEvidence(verifier.NextEvidence()).Nonce);
    }

    [RequiresToolFact("mosquitto")]
    public void Without_a_marker_the_board_waits_and_says_so()
    {
        using Mosquitto broker = new();
        using TestBoard board = new(broker.Port, change: options => options with { Freshness = FreshnessMode.Epoch, HelloAgain = TimeSpan.FromMilliseconds(50) });

        board.Board.Start();

        board.AwaitStatus(AgentStatus.NoAnswer);
    }

    [RequiresToolFact("mosquitto")]
    public void Evidence_is_not_repeated_for_ever_over_a_connection_that_brings_no_result()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        verifier.Publish(Topics.Epoch, [1], retain: true);
        TimeSpan shortly = TimeSpan.FromMilliseconds(20);
        using TestBoard board = new(
            broker.Port, change: options => options with { Freshness = FreshnessMode.Epoch, RepeatUntilResult = true, ResultWait = shortly, HelloAgain = shortly, Silence = 10 * shortly });

        board.Board.Start();
        board.AwaitStatus(AgentStatus.BrokerLost);

        Assert.True(board.Statuses.Count(status => status == AgentStatus.EvidenceSent) > 1, "it was repeated meanwhile");
        Assert.DoesNotContain(AgentStatus.MaySleep, board.Statuses);
    }

    [RequiresToolFact("mosquitto")]
    public void After_three_waits_in_vain_the_board_connects_anew_and_answers_the_marker_that_is_there_then()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        using TestBoard board = new(broker.Port, change: options => options with { Freshness = FreshnessMode.Epoch, HelloAgain = TimeSpan.FromMilliseconds(50) });
        board.Board.Start();
        board.AwaitStatus(AgentStatus.Connected, 2);
        Assert.Equal(3, board.Statuses.TakeWhile(status => status != AgentStatus.BrokerLost).Count(status => status == AgentStatus.NoAnswer));

        verifier.Publish(Topics.Epoch, [1], retain: true);

        Assert.Equal(SHA256.HashData([1]), new DecodedEvidence(verifier.NextEvidence()).Nonce);
    }
}
