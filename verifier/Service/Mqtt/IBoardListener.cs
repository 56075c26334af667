using IotAttest.Service.Devices;

namespace IotAttest.Service.Mqtt;

/// <summary>A board that can be reached now, whatever it is connected to.</summary>
internal interface IBoardListener
{
    /// <summary>The board's entry; after a rekey the new one.</summary>
    DeviceEntry Device { get; }

    /// <summary>When the cadence challenges the board next, ms since 1970; <see cref="long.MaxValue"/> before it was planned.</summary>
    long NextChallengeMs { get; set; }

    /// <summary>Sends 32 bytes to the board's challenge topic, QoS 1, never retained. What does not go out is lost: the next one comes.</summary>
    void Send(byte[] challenge);
}
