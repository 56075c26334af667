using IotAttest.Protocol;
using IotAttest.Service.Devices;
using IotAttest.Service.Mqtt;

namespace IotAttest.Service.Brokers;

/// <summary>A board behind the broker that was heard lately.</summary>
internal sealed class BrokerBoard(DeviceEntry device, IBoardPost outbox) : IBoardListener
{
    private long _nextChallengeMs = long.MaxValue;
    private long _heardMs;

    public DeviceEntry Device => device.Current;

    public long NextChallengeMs
    {
        get => Interlocked.Read(ref _nextChallengeMs);
        set => Interlocked.Exchange(ref _nextChallengeMs, value);
    }

    /// <summary>When the board was heard last, ms since 1970.</summary>
    public long HeardMs
    {
        get => Interlocked.Read(ref _heardMs);
        set => Interlocked.Exchange(ref _heardMs, value);
    }

    public void Send(byte[] challenge) => outbox.Post(Topics.Challenge(device.Identity.Ueid), challenge);

    public void SendResult(byte[] result) => outbox.Post(Topics.Result(device.Identity.Ueid), result);
}
