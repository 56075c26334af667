using System.Buffers;
using System.Text;
using IotAttest.Mqtt;
using IotAttest.Mqtt.Tests;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>A stream of MQTT packets up to the first that is wrong, in one piece; accepted ones again a byte at a time.</summary>
internal sealed class MqttTarget : FuzzTarget
{
    private const int MaxPacketBytes = 4096;
    private const int MaxPackets = 64;

    public override string Name => "mqtt";

    public override IEnumerable<byte[]> Seeds => [.. Packets.OneOfEach.Values, [.. Packets.OneOfEach.Values.SelectMany(packet => packet)]];

    public override byte[][] Words => [.. Packets.OneOfEach.Values.Select(packet => packet[..Math.Min(packet.Length, 12)]), [0x80, 0x80, 0x80, 0x01], [0xff, 0xff, 0xff, 0x7f], [0xed, 0xa0, 0x80], [0xc0, 0x80]];

    public override int MaxInputBytes => 2 * MaxPacketBytes;

    public override Outcome Decode(byte[] input)
    {
        ReadOnlySequence<byte> rest = new(input);
        return Stream(rest);
    }

    public override void CheckAccepted(byte[] input)
    {
        Hold.True(Stream(Packets.Scattered(input)) == Stream(new ReadOnlySequence<byte>(input)), "bytes one at a time are read otherwise than in one piece");
        ReadOnlySequence<byte> rest = new(input);
        MqttFrameReader.TryRead(ref rest, MaxPacketBytes, out MqttFrame frame);
        if (frame.Type == MqttPacketType.Publish && MqttPublishPacket.TryDecode(frame, 128, out MqttPublishPacket publish) == MqttDecodeStatus.Ok)
        {
            MqttMessage message = new(Encoding.UTF8.GetString(publish.Topic), publish.Payload.ToArray(), publish.Qos, publish.Retain, publish.Duplicate);
            byte[] again = Packets.Bytes(MqttOutboundPacket.Publish(message, publish.PacketId));
            Hold.Same(Body(input), Body(again), "a PUBLISH is not written as it was read");
        }
    }

    private static Outcome Stream(ReadOnlySequence<byte> rest)
    {
        HashCode digest = default;
        bool isAccepted = false;
        for (int i = 0; i < MaxPackets && !rest.IsEmpty; i++)
        {
            MqttDecodeStatus status = Packets.Decode(rest, MaxPacketBytes);
            digest.Add(status);
            if (status != MqttDecodeStatus.Ok)
            {
                break;
            }

            isAccepted = true;
            MqttFrameReader.TryRead(ref rest, MaxPacketBytes, out MqttFrame frame);
            digest.Add(frame.Type);
        }

        return new Outcome(isAccepted, digest.ToHashCode());
    }

    // What follows the remaining length, whose length may be written longer than need be.
    private static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> packet)
    {
        int length = 0;
        int at = 1;
        for (int shift = 0; ; shift += 7)
        {
            length |= (packet[at] & 0x7f) << shift;
            if ((packet[at++] & 0x80) == 0)
            {
                return packet.Slice(at, length);
            }
        }
    }
}
