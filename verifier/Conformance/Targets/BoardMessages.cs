using System.Threading.Channels;
using IotAttest.Mqtt;
using IotAttest.Protocol;

namespace IotAttest.Conformance;

/// <summary>What both ways to a board share: a bounded queue of what it published.</summary>
internal static class BoardMessages
{
    /// <summary>More than any evidence of the profile, so that evidence that is too long is seen and not dropped.</summary>
    public const int MaxPacketBytes = 64 * 1024;

    // A board that floods loses its oldest messages, not our memory.
    private const int MaxWaiting = 256;

    public static Channel<BoardMessage> Create() =>
        Channel.CreateBounded<BoardMessage>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    public static void Take(ChannelWriter<BoardMessage> writer, string ueid, MqttMessage message)
    {
        // What a broker kept is no answer to anything.
        if (!message.Retain && (message.Topic == Topics.Evidence(ueid) || message.Topic == Topics.Hello(ueid)))
        {
            writer.TryWrite(new BoardMessage(message.Topic == Topics.Evidence(ueid), message.Payload.ToArray()));
        }
    }
}
