using System.Net;
using System.Security.Cryptography;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Service.Devices;
using IotAttest.Service.Evidence;
using IotAttest.Service.Freshness;
using IotAttest.Service.Hosting;
using IotAttest.Service.Results;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Mqtt;

/// <summary>Boards over MQTT (DESIGN.md section 5): credentials, own-topic rule, hello, evidence, result.</summary>
internal sealed class BoardHandler(
    DeviceDirectory devices,
    EvidencePipeline pipeline,
    Cadence cadence,
    ResultSigner results,
    EpochClock epochs,
    VerifierOptions options,
    ILogger<BoardHandler> logger) : IMqttDeviceHandler
{
    public ValueTask<MqttConnectReturnCode> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellation) =>
        ValueTask.FromResult(HasCredential(request) ? MqttConnectReturnCode.Accepted : MqttConnectReturnCode.BadUserNameOrPassword);

    public bool MayPublish(MqttSession session, string topic)
    {
        BoardTopics own = BoardOf(session).Topics;
        return topic == own.Evidence || topic == own.Hello;
    }

    public bool MaySubscribe(MqttSession session, string topicFilter)
    {
        BoardTopics own = BoardOf(session).Topics;
        return topicFilter == own.Challenge || topicFilter == own.Result || topicFilter == Topics.Epoch;
    }

    public void OnSubscribed(MqttSession session, string topicFilter)
    {
        if (topicFilter == Topics.Epoch && epochs.Current is [{ } newest, ..])
        {
            session.TryPublish(Topics.Epoch, newest.Bytes, MqttQualityOfService.AtLeastOnce, retain: true);
        }
    }

    public async ValueTask<MqttPublishOutcome> OnPublishAsync(MqttSession session, MqttMessage message)
    {
        BoardSession board = BoardOf(session);
        if (!board.Device.TakeMessage(Environment.TickCount64, options.BoardMessagesPerSecond, options.BoardMessagesPerSecond * VerifierOptions.BurstSeconds))
        {
            // Before anything is decoded, verified or written: MQTT 3.1.1 knows no other way to say no.
            logger.BoardTooFast(board.Device.Identity.Ueid, options.BoardMessagesPerSecond);
            return MqttPublishOutcome.Disconnect;
        }

        if (message.Topic == board.Topics.Hello)
        {
            await cadence.ChallengeAsync(board);
            return MqttPublishOutcome.Acknowledge;
        }

        try
        {
            EvidenceAnswer answer = await TakeEvidenceAsync(board, message);
            Answer(session, board, answer);
            return MqttPublishOutcome.Acknowledge;
        }
        catch (StoreException cause)
        {
            // Nothing is acknowledged before it is durable: the board keeps the evidence and comes back.
            logger.EvidenceNotStored(cause.Message);
            return MqttPublishOutcome.Disconnect;
        }
    }

    public void OnDisconnected(MqttSession session)
    {
    }

    private bool HasCredential(MqttConnectRequest request)
    {
        // The hash is computed for unknown boards too, so that the answer takes as long.
        byte[] hash = SHA256.HashData((request.Password ?? default).Span);
        bool isKnown = devices.TryFindByUeid(request.ClientId, out DeviceEntry? device);
        bool holds = CryptographicOperations.FixedTimeEquals(hash, device?.CredentialHash ?? new byte[SHA256.HashSizeInBytes]);
        return isKnown && holds && request.UserName == request.ClientId;
    }

    // The session's first call after AuthenticateAsync: its client id is an enrolled UEID.
    private BoardSession BoardOf(MqttSession session)
    {
        if (session.State is BoardSession known)
        {
            return known;
        }

        devices.TryFindByUeid(session.ClientId, out DeviceEntry? device);
        BoardSession board = new(session, device!, (session.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "");
        session.State = board;
        return board;
    }

    private async ValueTask<EvidenceAnswer> TakeEvidenceAsync(BoardSession board, MqttMessage message)
    {
        EvidenceOrigin origin = new(board.Device.Identity.Ueid, board.Address);
        return message.Retain
            ? await pipeline.RefuseAsync(EvidenceRefusals.Retained(), origin, CancellationToken.None)
            : await pipeline.SubmitAsync(message.Payload, origin, CancellationToken.None);
    }

    private void Answer(MqttSession session, BoardSession board, EvidenceAnswer answer)
    {
        if (answer.Refusal is { } refusal)
        {
            logger.EvidenceRefused(board.Device.Identity.Ueid, refusal.Code, refusal.Seen);
            return;
        }

        // Signing costs as much as a third of a verification, so only who listens gets a signed result.
        if (session.IsSubscribed(board.Topics.Result))
        {
            session.TryPublish(board.Topics.Result, results.SignCwt(board.Device.Identity.Ueid, answer.Verdict!, answer.Nonce), MqttQualityOfService.AtLeastOnce, retain: false);
        }
    }
}
