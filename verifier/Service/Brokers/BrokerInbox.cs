using IotAttest.Domain.Evidence;
using IotAttest.Mqtt;
using IotAttest.Service.Devices;
using IotAttest.Service.Evidence;
using IotAttest.Service.Hosting;
using IotAttest.Service.Mqtt;
using IotAttest.Service.Results;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Brokers;

/// <summary>Takes what the broker delivers: the topic names the board, and everything behind is the path of all evidence.</summary>
internal sealed class BrokerInbox(
    DeviceDirectory devices,
    EvidencePipeline pipeline,
    Cadence cadence,
    ResultSigner results,
    IRemoteBoards boards,
    BrokerStatus status,
    BrokerDrops drops,
    VerifierOptions options,
    ILogger<BrokerInbox> logger)
{
    /// <summary>The broker's address says nothing about the board's.</summary>
    private const string Address = "broker";

    /// <summary>Takes one message; once this completes, the broker may forget it.</summary>
    /// <exception cref="Storage.StoreException">The store did not take it: it must come again.</exception>
    public ValueTask TakeAsync(MqttMessage message)
    {
        status.CountReceived();
        if (!BrokerTopic.TryParse(message.Topic, out string? ueid, out bool isHello))
        {
            drops.Drop(BrokerDrop.WrongTopic, null);
            return ValueTask.CompletedTask;
        }

        if (CheapRefusal(ueid, message, isHello, out DeviceEntry? device) is { } reason)
        {
            drops.Drop(reason, ueid);
            return ValueTask.CompletedTask;
        }

        BrokerBoard board = boards.Hear(device!);
        return isHello ? cadence.ChallengeAsync(board) : TakeEvidenceAsync(board, message);
    }

    // Before anything is decoded, verified or written. A broker's connection is every board's: here nobody can be disconnected for it.
    private BrokerDrop? CheapRefusal(string ueid, MqttMessage message, bool isHello, out DeviceEntry? device) =>
        !devices.TryFindByUeid(ueid, out device) ? BrokerDrop.UnknownBoard
        : !device.TakeMessage(Environment.TickCount64, options.BoardMessagesPerSecond, options.BoardMessagesPerSecond * VerifierOptions.BurstSeconds) ? BrokerDrop.TooMany
        : isHello && message.Retain ? BrokerDrop.Retained
        : null;

    private async ValueTask TakeEvidenceAsync(BrokerBoard board, MqttMessage message)
    {
        // The broker let nobody else write this topic; the evidence still has to be that board's own.
        string ueid = board.Device.Identity.Ueid;
        EvidenceOrigin origin = new(ueid, Address);
        EvidenceAnswer answer = message.Retain
            ? await pipeline.RefuseAsync(EvidenceRefusals.Retained(), origin, CancellationToken.None)
            : await pipeline.SubmitAsync(message.Payload, origin, CancellationToken.None);
        if (answer.Refusal is null)
        {
            // For a board behind a broker this is the only sign that the verifier, and not the broker, has its evidence.
            board.SendResult(results.SignCwt(ueid, answer.Verdict!, answer.Nonce));
            cadence.Plan(board);
            return;
        }

        logger.EvidenceRefused(ueid, answer.Refusal.Code, answer.Refusal.Seen);
        if (answer.Refusal.Code == RefusalCode.NonceNotFresh)
        {
            // It waited too long in the broker, or its challenge was of a verifier that has started anew since: the board learns it by a new one.
            await cadence.ChallengeAsync(board);
        }
    }
}
