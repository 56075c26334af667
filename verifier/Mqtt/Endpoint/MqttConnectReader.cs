using System.Buffers;
using System.IO.Pipelines;

namespace IotAttest.Mqtt;

/// <summary>Reads the first packet of a connection, which must be CONNECT [MQTT-3.1.0-1].</summary>
internal sealed class MqttConnectReader(PipeReader input, MqttEndpointOptions options)
{
    public async Task<MqttConnectOutcome> ReadAsync()
    {
        while (true)
        {
            ReadResult read = await input.ReadAsync();
            ReadOnlySequence<byte> buffer = read.Buffer;
            MqttConnectOutcome? outcome = TryTake(ref buffer);
            if (outcome is not null)
            {
                input.AdvanceTo(buffer.Start);
                return outcome;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted || read.IsCanceled)
            {
                return new MqttConnectOutcome(null, MqttConnectReturnCode.Accepted, MqttCloseReason.ConnectionLost);
            }
        }
    }

    private MqttConnectOutcome? TryTake(ref ReadOnlySequence<byte> buffer)
    {
        MqttDecodeStatus status = MqttFrameReader.TryRead(ref buffer, options.MaxPacketBytes, out MqttFrame frame);
        if (status == MqttDecodeStatus.NeedMoreData)
        {
            return null;
        }

        if (status == MqttDecodeStatus.Ok && frame.Type != MqttPacketType.Connect)
        {
            return Refused(ProtocolViolation.Unexpected(frame.Type));
        }

        MqttConnectPacket? packet = null;
        status = status == MqttDecodeStatus.Ok ? MqttConnectPacket.TryDecode(frame, options.MaxTopicBytes, out packet) : status;
        return status switch
        {
            MqttDecodeStatus.Ok => new MqttConnectOutcome(packet, MqttConnectReturnCode.Accepted, MqttCloseReason.None),

            // The one malformed CONNECT that gets an answer [MQTT-3.1.2-2].
            MqttDecodeStatus.UnacceptableProtocolLevel =>
                Refused(ProtocolViolation.From(status)) with { ReturnCode = MqttConnectReturnCode.UnacceptableProtocolVersion },
            _ => Refused(ProtocolViolation.From(status)),
        };
    }

    private static MqttConnectOutcome Refused(Exception cause) =>
        new(null, MqttConnectReturnCode.Accepted, MqttCloseReason.ProtocolError, cause);
}
