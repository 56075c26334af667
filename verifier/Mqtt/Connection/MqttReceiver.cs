using System.Buffers;
using System.IO.Pipelines;

namespace IotAttest.Mqtt;

/// <summary>Reads packets from the network and hands them on, pausing while the connection has as much in work as it may.</summary>
internal sealed class MqttReceiver(
    PipeReader input, IMqttConnection connection, OutboundQueue outbound, InboundPublishes publishes, int maxPacketBytes, TimeProvider time)
{
    private readonly ResumeSignal _resume = new();
    private long _lastPacket = time.GetTimestamp();
    private bool _isPaused;
    private Func<bool>? _mustWait;

    private enum BatchEnd
    {
        NeedsData,
        Blocked,
        Stopped,
    }

    /// <summary>The timestamp of the last complete packet; bytes that never become one do not keep a connection alive [MQTT-3.1.2-24].</summary>
    public long LastPacket => Volatile.Read(ref _lastPacket);

    /// <summary>True while this side does not read: then silence says nothing about the peer.</summary>
    public bool IsPaused => Volatile.Read(ref _isPaused);

    private bool IsBlocked => publishes.IsFull || outbound.IsCongested;

    public void Resume() => _resume.Set();

    /// <summary>Reads until the connection ends. Errors of the transport surface as exceptions.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            ReadResult read = await input.ReadAsync();
            ReadOnlySequence<byte> buffer = read.Buffer;
            BatchEnd end = HandleBatch(ref buffer);
            while (end == BatchEnd.Blocked)
            {
                await PauseAsync();
                end = HandleBatch(ref buffer);
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (end == BatchEnd.Stopped)
            {
                return;
            }

            if (read.IsCompleted || read.IsCanceled)
            {
                connection.Close(MqttCloseReason.ConnectionLost);
                return;
            }
        }
    }

    private async Task PauseAsync()
    {
        Volatile.Write(ref _isPaused, true);
        await _resume.WaitWhileAsync(_mustWait ??= () => IsBlocked && !connection.IsClosed);
        Touch();
        Volatile.Write(ref _isPaused, false);
    }

    private BatchEnd HandleBatch(ref ReadOnlySequence<byte> buffer)
    {
        outbound.Cork();
        try
        {
            return HandlePackets(ref buffer);
        }
        finally
        {
            outbound.Uncork();
        }
    }

    private BatchEnd HandlePackets(ref ReadOnlySequence<byte> buffer)
    {
        while (!connection.IsClosed)
        {
            if (IsBlocked)
            {
                return BatchEnd.Blocked;
            }

            MqttDecodeStatus status = MqttFrameReader.TryRead(ref buffer, maxPacketBytes, out MqttFrame frame);
            if (status == MqttDecodeStatus.NeedMoreData)
            {
                return BatchEnd.NeedsData;
            }

            if (status != MqttDecodeStatus.Ok)
            {
                connection.Close(MqttCloseReason.ProtocolError, ProtocolViolation.From(status));
                return BatchEnd.Stopped;
            }

            Touch();
            if (!connection.HandlePacket(frame))
            {
                return BatchEnd.Stopped;
            }
        }

        return BatchEnd.Stopped;
    }

    public void Touch() => Volatile.Write(ref _lastPacket, time.GetTimestamp());
}
