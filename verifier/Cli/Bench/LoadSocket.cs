using System.Buffers;
using System.Net.Sockets;
using System.Text;
using IotAttest.Mqtt;

namespace IotAttest.Cli.Bench;

/// <summary>One MQTT connection of the load generator: a socket, a buffer each way and the project's codec. It does what a board under
/// test needs and no more, so that the machine's time goes to the verifier; what answers one batch of packets leaves in one segment.</summary>
internal sealed class LoadSocket(ILoadReceiver receiver) : IDisposable
{
    private const int BufferBytes = 4096;
    private const ushort SubscribeId = 1;
    private const byte Refused = 0xFF;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ArrayBufferWriter<byte> _queued = new(BufferBytes);
    private readonly byte[] _buffer = new byte[BufferBytes];
    private TaskCompletionSource<byte> _greeting = NewGreeting();
    private int _held;
    private ushort _acknowledged;

    /// <summary>Connects, logs in and subscribes.</summary>
    /// <exception cref="MqttClientException">The server did not take the board, or refused a filter.</exception>
    public async Task ConnectAsync(string host, int port, string ueid, string credential, IEnumerable<string> topics, CancellationToken cancellation)
    {
        await _socket.ConnectAsync(host, port, cancellation);
        Task<byte> accepted = _greeting.Task;
        _ = ReadAsync();
        MqttConnectPacket connect = new() { ClientId = ueid, CleanSession = true, KeepAliveSeconds = 0, UserName = ueid, Password = Encoding.ASCII.GetBytes(credential) };
        Send(MqttOutboundPacket.Connect(connect));
        await CheckAsync(accepted, ueid, cancellation);
        Task<byte> granted = (_greeting = NewGreeting()).Task;
        Send(MqttOutboundPacket.Subscribe(SubscribeId, topics.Select(topic => new MqttSubscription(topic, MqttQualityOfService.AtLeastOnce))));
        await CheckAsync(granted, ueid, cancellation);
    }

    /// <summary>Queues a packet behind what the batch in hand is answered with; only for <see cref="ILoadReceiver.OnMessage"/>.</summary>
    public void Queue(MqttOutboundPacket packet) => packet.WriteTo(_queued);

    /// <summary>Sends bytes at once. False when the connection has ended.</summary>
    public bool Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _socket.Send(bytes);
            return true;
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            receiver.OnEnded();
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static TaskCompletionSource<byte> NewGreeting() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task CheckAsync(Task<byte> answer, string ueid, CancellationToken cancellation)
    {
        byte code = await answer.WaitAsync(cancellation);
        if (code is Refused or MqttSubscribeAcknowledgement.Failure || (code is > 2 and <= (byte)MqttConnectReturnCode.NotAuthorized))
        {
            throw new MqttClientException($"The server did not take board {ueid}: code {code}.");
        }
    }

    private void Send(MqttOutboundPacket packet)
    {
        ArrayBufferWriter<byte> bytes = new();
        packet.WriteTo(bytes);
        Send(bytes.WrittenSpan);
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_buffer.AsMemory(_held)) is var count and > 0)
            {
                _held += count;
                if (!HandleBatch())
                {
                    break;
                }
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The end of the run or of the verifier.
        }

        _greeting.TrySetResult(Refused);
        receiver.OnEnded();
    }

    private bool HandleBatch()
    {
        ReadOnlySequence<byte> rest = new(_buffer.AsMemory(0, _held));
        _acknowledged = 0;
        MqttDecodeStatus status;
        while ((status = MqttFrameReader.TryRead(ref rest, BufferBytes, out MqttFrame frame)) == MqttDecodeStatus.Ok)
        {
            Handle(frame);
        }

        rest.FirstSpan.CopyTo(_buffer);
        _held = (int)rest.Length;
        bool goesOn = status == MqttDecodeStatus.NeedMoreData && SendQueued();
        if (goesOn && _acknowledged != 0)
        {
            receiver.OnAcknowledged(_acknowledged);
        }

        return goesOn;
    }

    private bool SendQueued()
    {
        bool isSent = _queued.WrittenCount == 0 || Send(_queued.WrittenSpan);
        _queued.ResetWrittenCount();
        return isSent;
    }

    private void Handle(MqttFrame frame)
    {
        switch (frame.Type)
        {
            case MqttPacketType.ConnectAcknowledgement:
            case MqttPacketType.SubscribeAcknowledgement:
                // The last byte is the return code of a CONNACK, and of the last filter of a SUBACK.
                _greeting.TrySetResult(CodeOf(frame));
                break;
            case MqttPacketType.Publish when MqttPublishPacket.TryDecode(frame, BufferBytes, out MqttPublishPacket message) == MqttDecodeStatus.Ok:
                TakeMessage(message);
                break;
            case MqttPacketType.PublishAcknowledgement when MqttPacketId.TryDecode(frame, out ushort packetId) == MqttDecodeStatus.Ok:
                _acknowledged = packetId;
                break;
            default:
                break;
        }
    }

    private static byte CodeOf(MqttFrame frame)
    {
        if (frame.Type == MqttPacketType.ConnectAcknowledgement)
        {
            return frame.Body is [_, 0] ? (byte)0 : Refused;
        }

        return frame.Body[2..].Contains(MqttSubscribeAcknowledgement.Failure) ? MqttSubscribeAcknowledgement.Failure : (byte)0;
    }

    private void TakeMessage(MqttPublishPacket message)
    {
        if (message.PacketId != 0)
        {
            Queue(MqttOutboundPacket.PublishAcknowledgement(message.PacketId));
        }

        receiver.OnMessage(message);
    }
}
