using IotAttest.Service.Devices;

namespace IotAttest.Service.Mqtt;

/// <summary>What the verifier keeps about a connected board: in the session, gone with it.</summary>
internal sealed class BoardSession(DeviceEntry device, string address)
{
    private long _nextChallengeMs = long.MaxValue;

    /// <summary>The board's entry; after a rekey the new one.</summary>
    public DeviceEntry Device => device.Current;

    public BoardTopics Topics { get; } = new(device.Identity.Ueid);

    public string Address { get; } = address;

    /// <summary>When the cadence challenges the board next, ms since 1970.</summary>
    public long NextChallengeMs
    {
        get => Interlocked.Read(ref _nextChallengeMs);
        set => Interlocked.Exchange(ref _nextChallengeMs, value);
    }
}
