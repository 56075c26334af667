using System.Security.Cryptography;

using IotAttest.Protocol;
using IotAttest.Simulator;
using IotAttest.Support;

using nanoFramework.M2Mqtt.Messages;

namespace IotAttest.Agent.Tests;

/// <summary>The agent over a real broker, in challenge mode.</summary>
public sealed class ChallengeTests
{
    [RequiresToolTheory("mosquitto")]
    [InlineData(BoardKeyType.Hmac, CoseLabel.Mac0Tag, CoseLabel.Hmac256)]
    [InlineData(BoardKeyType.P256, CoseLabel.Sign1Tag, CoseLabel.Es256)]
    public void A_challenge_is_answered_with_authentic_evidence(BoardKeyType keyType, int tag, int algorithm)
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        using TestBoard board = new(broker.Port, keyType);

        board.Board.Start();
        board.AwaitStatus(AgentStatus.WaitingForChallenge);
        Eventually.Holds(() => verifier.Hellos == 1, "the board says hello");
        Assert.Equal(MqttQoSLevel.AtLeastOnce, verifier.HelloQoS);
        byte[] challenge = verifier.Challenge(board.Board.UeidHex);
        DecodedEvidence evidence = new(verifier.NextEvidence());

        Assert.Equal((tag, algorithm), (evidence.Tag, evidence.Algorithm));
        Assert.Equal(challenge, evidence.Nonce);
        Assert.Equal(board.Identity.Ueid, evidence.Ueid);
        Assert.True(evidence.IsAuthentic(board.Identity));
        Assert.False(evidence.IsAuthentic(BoardIdentity.Create(keyType)));
        Assert.Equal(TestBoard.Regions.Select(region => region.Name), evidence.Digests.Keys);
        board.AwaitStatus(AgentStatus.EvidenceAcknowledged);
    }

    [RequiresToolFact("mosquitto")]
    public void Challenges_may_come_at_any_time_and_each_is_answered()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        using TestBoard board = new(broker.Port);
        board.Board.Start();
        board.AwaitStatus(AgentStatus.WaitingForChallenge);

        for (int i = 0; i < 5; i++)
        {
            byte[] challenge = verifier.Challenge(board.Board.UeidHex);

            Assert.Equal(challenge, new DecodedEvidence(verifier.NextEvidence()).Nonce);
        }
    }

    [RequiresToolFact("mosquitto")]
    public void The_same_challenge_again_is_answered_with_the_same_bytes()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        using TestBoard board = new(broker.Port);
        board.Board.Start();
        board.AwaitStatus(AgentStatus.WaitingForChallenge);

        byte[] challenge = verifier.Challenge(board.Board.UeidHex);
        byte[] first = verifier.NextEvidence();
        board.AwaitStatus(AgentStatus.EvidenceAcknowledged);
        verifier.Challenge(board.Board.UeidHex, challenge);
        byte[] second = verifier.NextEvidence();

        Assert.Equal(first, second);
        Assert.Single(board.Statuses, AgentStatus.Measuring);
    }

    [RequiresToolTheory("mosquitto")]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    public void A_challenge_of_another_length_than_32_bytes_is_ignored(int length)
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        using TestBoard board = new(broker.Port);
        board.Board.Start();
        board.AwaitStatus(AgentStatus.WaitingForChallenge);

        verifier.Challenge(board.Board.UeidHex, new byte[length]);
        byte[] proper = verifier.Challenge(board.Board.UeidHex);

        Assert.Equal(proper, new DecodedEvidence(verifier.NextEvidence()).Nonce);
        Assert.Single(board.Statuses, AgentStatus.Measuring);
    }

    [RequiresToolFact("mosquitto")]
    public void A_retained_challenge_is_old_and_ignored()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        using TestBoard board = new(broker.Port);
        verifier.Publish(Topics.Challenge(board.Board.UeidHex), new byte[EvidenceProfile.NonceBytes], retain: true);

        board.Board.Start();
        Eventually.Holds(() => verifier.Hellos == 1, "the board says hello");
        byte[] fresh = verifier.Challenge(board.Board.UeidHex);

        Assert.Equal(fresh, new DecodedEvidence(verifier.NextEvidence()).Nonce);
    }

    [RequiresToolFact("mosquitto")]
    public void Without_a_challenge_the_board_says_hello_again()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        using TestBoard board = new(broker.Port, change: options => options with { HelloAgain = TimeSpan.FromMilliseconds(50) });

        board.Board.Start();

        Eventually.Holds(() => verifier.Hellos >= 3, "three hellos");
        board.AwaitStatus(AgentStatus.BrokerLost);
        Assert.Equal(3, board.Statuses.TakeWhile(status => status != AgentStatus.BrokerLost).Count(status => status == AgentStatus.WaitingForChallenge));
    }

    // A broker that keeps the connection and passes nothing on, as RabbitMQ may after a node died (docs/scale.md).
    [RequiresToolFact("mosquitto")]
    public void After_three_hellos_in_vain_the_board_connects_anew_and_goes_on()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        using TestBoard board = new(broker.Port, change: options => options with { HelloAgain = TimeSpan.FromMilliseconds(50) });
        board.Board.Start();
        board.AwaitStatus(AgentStatus.Connected, 3);

        // Patience doubles: three hellos on the first, six on the second.
        Assert.Equal(6, board.Statuses.SkipWhile(status => status != AgentStatus.BrokerLost).Skip(1).TakeWhile(status => status != AgentStatus.BrokerLost).Count(status => status == AgentStatus.NoAnswer));
        byte[] answered = [];
        Eventually.Holds(() => Answers(verifier, board, out answered), "a challenge is answered");

        Assert.Equal(EvidenceProfile.NonceBytes, answered.Length);
        Assert.True(board.Statuses.Count(status => status == AgentStatus.BrokerLost) >= 2);
    }

    [RequiresToolFact("mosquitto")]
    public void After_24_waits_in_vain_the_board_leaves_a_connection_that_brought_challenges_before()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port) { ChallengesOnHello = true };
        using TestBoard board = new(broker.Port, change: options => options with { HelloAgain = TimeSpan.FromMilliseconds(50), Silence = TimeSpan.FromMilliseconds(50) });
        board.Board.Start();
        board.AwaitStatus(AgentStatus.EvidenceAcknowledged);

        verifier.ChallengesOnHello = false;
        int before = board.Statuses.Count(status => status == AgentStatus.BrokerLost);
        board.AwaitStatus(AgentStatus.BrokerLost, before + 1);

        AgentStatus[] last = [.. board.Statuses.Reverse().SkipWhile(status => status != AgentStatus.BrokerLost).Skip(1).TakeWhile(status => status != AgentStatus.EvidenceAcknowledged)];
        Assert.Equal(24, last.Count(status => status == AgentStatus.NoAnswer));
    }

    [RequiresToolFact("mosquitto")]
    public void A_result_is_reported_with_its_summary()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        using TestBoard board = new(broker.Port);
        board.Board.Start();
        board.AwaitStatus(AgentStatus.WaitingForChallenge);

        byte[] challenge = verifier.Challenge(board.Board.UeidHex);
        verifier.NextEvidence();
        verifier.Publish(Topics.Result(board.Board.UeidHex), TestResult.Of(challenge, "Conformant"));
        board.AwaitStatus(AgentStatus.Result);

        Assert.Equal("Conformant", board.Board.LastResult?.Conformity);
        Assert.Equal(challenge, board.Board.LastResult?.Nonce);
        Assert.Equal(EarLabel.Affirming, board.Board.LastResult?.Status);
    }

    [RequiresToolFact("mosquitto")]
    public void Bytes_that_are_no_result_are_ignored()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        using TestBoard board = new(broker.Port);
        board.Board.Start();
        board.AwaitStatus(AgentStatus.WaitingForChallenge);

        verifier.Publish(Topics.Result(board.Board.UeidHex), [0xD2, 0x84, 0x43]);
        byte[] challenge = verifier.Challenge(board.Board.UeidHex);

        Assert.Equal(challenge, new DecodedEvidence(verifier.NextEvidence()).Nonce);
        Assert.Null(board.Board.LastResult);
    }

    [RequiresToolFact("mosquitto")]
    public void Behind_a_broker_the_same_evidence_is_repeated_until_its_result_comes()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        using TestBoard board = new(broker.Port, change: options => options with { RepeatUntilResult = true, ResultWait = TimeSpan.FromMilliseconds(100) });
        board.Board.Start();
        board.AwaitStatus(AgentStatus.WaitingForChallenge);

        byte[] challenge = verifier.Challenge(board.Board.UeidHex);
        byte[] first = verifier.NextEvidence();
        verifier.Publish(Topics.Result(board.Board.UeidHex), TestResult.Of(new byte[EvidenceProfile.NonceBytes], "Drifted"));
        byte[] second = verifier.NextEvidence();
        verifier.Publish(Topics.Result(board.Board.UeidHex), TestResult.Of(challenge, "Conformant"));
        board.AwaitStatus(AgentStatus.WaitingForChallenge, 2);

        Assert.Equal(first, second);
        Assert.Equal("Conformant", board.Board.LastResult?.Conformity);
    }

    [RequiresToolFact("mosquitto")]
    public void A_self_reported_board_sends_its_inventory_and_nothing_else()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port);
        InventoryText inventory = new();
        inventory.Add("firmware", "1.17.0.99");
        inventory.AddAssembly("Thermostat", "1.2.0.0");
        using TestBoard board = new(broker.Port, change: options => options with { Strength = EvidenceStrength.SelfReported, Inventory = inventory });
        board.Board.Start();
        board.AwaitStatus(AgentStatus.WaitingForChallenge);

        verifier.Challenge(board.Board.UeidHex);
        DecodedEvidence evidence = new(verifier.NextEvidence());

        byte[] expected = SHA256.HashData("assembly=Thermostat,1.2.0.0\nfirmware=1.17.0.99\n"u8);
        Assert.Equal(expected, Assert.Single(evidence.Digests).Value);
        Assert.Equal(EvidenceProfile.Inventory, Assert.Single(evidence.Digests).Key);
    }

    // Between two connections nobody is subscribed: one challenge may find nobody.
    private static bool Answers(TestVerifier verifier, TestBoard board, out byte[] nonce)
    {
        verifier.Challenge(board.Board.UeidHex);
        nonce = verifier.Evidence.TryDequeue(out (string Ueid, byte[] Bytes) evidence) ? [.. new DecodedEvidence(evidence.Bytes).Nonce] : [];
        return nonce.Length > 0;
    }
}
