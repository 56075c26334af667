using IotAttest.Protocol;
using IotAttest.Simulator;
using IotAttest.Support;

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
}
