using System.Collections.Concurrent;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;
using IotAttest.Service.Devices;
using IotAttest.Service.Mqtt;

namespace IotAttest.Service.Brokers;

/// <summary>The boards behind the broker that said hello or sent evidence within two intervals. A broker does not tell who is connected;
/// a board that was silent for longer says hello when it is back. Only enrolled boards are held, so there are never more than those.</summary>
internal sealed class BrokerBoards(IBoardPost outbox, BrokerStatus status, AppraisalPolicy policy, TimeProvider clock) : IRemoteBoards
{
    private readonly ConcurrentDictionary<string, BrokerBoard> _boards = new(StringComparer.Ordinal);
    private readonly long _memoryMs = (long)(policy.AttestEvery * 2).TotalMilliseconds;

    public IEnumerable<IBoardListener> Listening => status.IsConnected ? HeardLately() : [];

    public void Announce(EpochMarker marker) => outbox.Post(Topics.Epoch, marker.Bytes, retain: true);

    public BrokerBoard Hear(DeviceEntry device)
    {
        BrokerBoard board = _boards.GetOrAdd(device.Identity.Ueid, static (_, arguments) => new BrokerBoard(arguments.device, arguments.outbox), (device, outbox));
        board.HeardMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return board;
    }

    private IEnumerable<IBoardListener> HeardLately()
    {
        long oldest = clock.GetUtcNow().ToUnixTimeMilliseconds() - _memoryMs;
        foreach (KeyValuePair<string, BrokerBoard> entry in _boards)
        {
            if (entry.Value.HeardMs >= oldest)
            {
                yield return entry.Value;
            }
            else
            {
                _boards.TryRemove(entry);
            }
        }
    }
}
