using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;
using IotAttest.Service.Freshness;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Mqtt;

/// <summary>When boards that listen are challenged: on hello, and at a random moment within every interval, so that a board
/// cannot know when it will be looked at.</summary>
internal sealed class Cadence(IEnumerable<IListeningBoards> places, ChallengeKeyRing challenges, EpochClock epochs, CadenceMoments moments, AppraisalPolicy policy, TimeProvider clock, ILogger<Cadence> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestTick = TimeSpan.FromMilliseconds(20);

    private readonly IListeningBoards[] _places = [.. places];

    /// <summary>Sends a challenge now and plans the next one. A board in epoch mode gets none: no downgrade.</summary>
    public async ValueTask ChallengeAsync(IBoardListener board)
    {
        if (IsChallenged(board))
        {
            board.Send(await challenges.MintAsync(Ueid.FromHex(board.Device.Identity.Ueid)));
            board.NextChallengeMs = moments.Next(board.Device.Identity.Ueid, clock.GetUtcNow());
        }
    }

    /// <summary>Plans the first challenge of a board that was heard without a hello.</summary>
    public void Plan(IBoardListener board)
    {
        if (board.NextChallengeMs == long.MaxValue && IsChallenged(board))
        {
            board.NextChallengeMs = moments.Next(board.Device.Identity.Ueid, clock.GetUtcNow());
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        epochs.Issued += Announce;
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

    private static bool IsChallenged(IBoardListener board) =>
        board.Device.Identity.Freshness == FreshnessMode.Challenge && !board.Device.State.Facts.IsDecommissioned;

    private async Task ChallengeDueAsync()
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (IBoardListener board in _places.SelectMany(place => place.Listening))
        {
            if (board.NextChallengeMs <= now)
            {
                await ChallengeAsync(board);
            }
        }
    }

    private void Announce(EpochMarker marker)
    {
        foreach (IListeningBoards place in _places)
        {
            place.Announce(marker);
        }
    }
}
