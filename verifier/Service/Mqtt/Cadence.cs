using System.Security.Cryptography;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Freshness;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Service.Freshness;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Mqtt;

/// <summary>When connected boards are challenged: on hello, and at a random moment within every interval, so that a board
/// cannot know when it will be looked at.</summary>
internal sealed class Cadence(MqttSessionDirectory sessions, ChallengeKeyRing challenges, EpochClock epochs, AppraisalPolicy policy, TimeProvider clock, ILogger<Cadence> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestTick = TimeSpan.FromMilliseconds(20);

    /// <summary>Sends a challenge now and plans the next one. A board in epoch mode gets none: no downgrade.</summary>
    public async ValueTask ChallengeAsync(MqttSession session, BoardSession board)
    {
        if (board.Device.Identity.Freshness != FreshnessMode.Challenge || board.Device.State.Facts.IsDecommissioned)
        {
            return;
        }

        byte[] challenge = await challenges.MintAsync(Ueid.FromHex(board.Device.Identity.Ueid));
        session.TryPublish(board.Topics.Challenge, challenge, MqttQualityOfService.AtLeastOnce, retain: false);
        board.NextChallengeMs = NextMoment(clock.GetUtcNow());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        epochs.Issued += BroadcastEpoch;
        TimeSpan tick = policy.AttestEvery / 50;
        using PeriodicTimer timer = new(tick > LongestTick ? LongestTick : tick < ShortestTick ? ShortestTick : tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ChallengeDueAsync();
            }
            catch (StoreException cause)
            {
                logger.EvidenceNotStored(cause.Message);
            }
        }
    }

    private async Task ChallengeDueAsync()
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (MqttSession session in sessions)
        {
            if (session.State is BoardSession board && board.NextChallengeMs <= now && session.IsSubscribed(board.Topics.Challenge))
            {
                await ChallengeAsync(session, board);
            }
        }
    }

    // Intervals are counted from 1970 and shared by all boards; the moment within the next one is the board's own.
    private long NextMoment(DateTimeOffset now)
    {
        long interval = (long)policy.AttestEvery.TotalMilliseconds;
        long nextInterval = ((now.ToUnixTimeMilliseconds() / interval) + 1) * interval;
        return nextInterval + RandomNumberGenerator.GetInt32((int)interval);
    }

    private void BroadcastEpoch(EpochMarker marker)
    {
        foreach (MqttSession session in sessions)
        {
            if (session.IsSubscribed(Topics.Epoch))
            {
                session.TryPublish(Topics.Epoch, marker.Bytes, MqttQualityOfService.AtLeastOnce, retain: false);
            }
        }
    }
}
