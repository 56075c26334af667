using IotAttest.Mqtt;

namespace IotAttest.Cli.Bench;

/// <summary>What a <see cref="LoadSocket"/> hears; called on the thread that reads, so it must not wait.</summary>
internal interface ILoadReceiver
{
    /// <summary>A PUBLISH came; what is queued on the socket leaves after the batch it came with, together with its PUBACK.</summary>
    void OnMessage(MqttPublishPacket message);

    /// <summary>The PUBACK of a packet came; called after everything queued has left.</summary>
    void OnAcknowledged(ushort packetId);

    /// <summary>The connection ended: nothing more will come.</summary>
    void OnEnded();
}
