using System.Collections.Concurrent;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;
using IotAttest.Service.Brokers;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;
using IotAttest.Service.Mqtt;

namespace IotAttest.Service.Cluster;

/// <summary>The boards behind a cluster. Which verifier hears a board is chance, so none can know who is there: the one that leads challenges every board in service, and RabbitMQ
/// throws away what is for those that are not connected.</summary>
internal sealed class ClusterBoards(DeviceDirectory devices, IBoardPost post, ClusterLead lead, CadenceMoments moments, VerifierOptions options, TimeProvider clock) : IRemoteBoards
{
    /// <summary>Between the end of one lead and the start of the next: moments in it count for the next. A board may then be challenged twice.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, BrokerBoard> _boards = new(StringComparer.Ordinal);
    private int _term;

    public IEnumerable<IBoardListener> Listening => lead.IsMine ? InService() : [];

    /// <remarks>Where nodes retain markers, those that listen get it from there.</remarks>
    public void Announce(EpochMarker marker)
    {
        if (lead.IsMine && options.ClusterMqtt.Count == 0)
        {
            post.Post(Topics.Epoch, marker.Bytes);
        }
    }

    public BrokerBoard Hear(DeviceEntry device) => _boards.GetOrAdd(device.Identity.Ueid, static (_, arguments) => new BrokerBoard(arguments.device, arguments.post), (device, post));

    private IEnumerable<IBoardListener> InService()
    {
        int term = lead.Term;
        bool isNew = term != _term;
        _term = term;
        foreach (DeviceEntry device in devices.All)
        {
            if (device.Identity.Freshness != FreshnessMode.Challenge || device.State.Facts.IsDecommissioned)
            {
                continue;
            }

            BrokerBoard board = Hear(device);
            if (isNew || board.NextChallengeMs == long.MaxValue)
            {
                board.NextChallengeMs = moments.Pending(device.Identity.Ueid, clock.GetUtcNow(), Gap);
            }

            yield return board;
        }
    }
}
