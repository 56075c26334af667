using IotAttest.Mqtt;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Mqtt;

/// <summary>What the verifier keeps about a connected board: in the session, gone with it.</summary>
internal sealed class BoardSession(MqttSession session, DeviceEntry device, string address) : IBoardListener
{
    private long _nextChallengeMs = long.MaxValue;

    public DeviceEntry Device => device.Current;

    public BoardTopics Topics { get; } = new(device.Identity.Ueid);

    public string Address { get; } = address;

    public long NextChallengeMs
    {
        get => Interlocked.Read(ref _nextChallengeMs);
        set => Interlocked.Exchange(ref _nextChallengeMs, value);
    }

    public void Send(byte[] challenge) => session.TryPublish(Topics.Challenge, challenge, MqttQualityOfService.AtLeastOnce, retain: false);
}
