using System.IO.Pipelines;
using System.Net.Sockets;

namespace IotAttest.Mqtt;

/// <summary>The protocol behind <see cref="MqttClientConnection"/>: one reader, one writer, one timer.</summary>
internal sealed class MqttClientProtocol : IMqttConnection, IAsyncDisposable
{
    /// <summary>There are no more packet identifiers than this to acknowledge.</summary>
    private const int MostAcknowledgements = ushort.MaxValue;

    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);

    private readonly MqttClientOptions _options;
    private readonly Stream _stream;
    private readonly OutboundQueue _outbound;
    private readonly InboundPublishes _publishes;
    private readonly MqttReceiver _receiver;
    private readonly PendingAcknowledgements _pending;
    private readonly ResumeSignal _writable = new();
    private readonly MqttClientDispatch _dispatch;
    private readonly TaskCompletionSource<MqttConnectAcknowledgement> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<MqttClosed> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time = TimeProvider.System;
    private Task _reading = Task.CompletedTask;
    private ITimer? _keepAlive;
    private Exception? _cause;
    private int _closeReason;
    private volatile bool _isLeaving;

    public MqttClientProtocol(MqttClientOptions options, Stream stream)
    {
        _options = options;
        _stream = stream;

        // A client reads on while it cannot write: a server that waits for it to read would never read either.
        _outbound = new OutboundQueue(PipeWriter.Create(stream), this, options.MaxInflight, options.MaxInflight + MostAcknowledgements, _time);
        _publishes = new InboundPublishes(this, _outbound, options.MaxPendingMessages, ushort.MaxValue);
        _receiver = new MqttReceiver(PipeReader.Create(stream, new(bufferSize: 16 * 1024)), this, _outbound, _publishes, options.MaxPacketBytes, _time);
        _pending = new PendingAcknowledgements(options.MaxInflight);
        _dispatch = new MqttClientDispatch(this, _outbound, _publishes, _pending, _connected);
    }

    public bool SessionPresent { get; private set; }

    public Task<MqttClosed> Closed => _closed.Task;

    public bool IsClosed => Volatile.Read(ref _closeReason) != (int)MqttCloseReason.None;

    /// <summary>Sends CONNECT and waits for the CONNACK.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        _outbound.EnqueueReply(MqttOutboundPacket.Connect(ConnectPacket()));
        _reading = ReadAsync();
        MqttConnectAcknowledgement answer = await _connected.Task.WaitAsync(cancellation);
        if (answer.ReturnCode != MqttConnectReturnCode.Accepted)
        {
            Close(MqttCloseReason.ConnectRefused);
            throw new MqttClientException(
                $"The server at {_options.Host}:{_options.Port} refused {_options.ClientId}: {answer.ReturnCode}.", MqttCloseReason.ConnectRefused)
            {
                ReturnCode = answer.ReturnCode,
            };
        }

        SessionPresent = answer.SessionPresent;
        StartKeepAlive();
    }

    /// <summary>Queues a packet that nobody acknowledges, waiting while the queue is full.</summary>
    public async ValueTask SendAsync(MqttOutboundPacket packet, CancellationToken cancellation)
    {
        while (!_outbound.TryEnqueuePublish(packet))
        {
            ThrowIfClosed();
            cancellation.ThrowIfCancellationRequested();
            await _writable.WaitWhileAsync(() => _outbound.IsFull && !IsClosed).WaitAsync(cancellation);
        }
    }

    /// <summary>Sends a packet with an identifier and waits for its last acknowledgement.</summary>
    public async ValueTask<byte[]> RequestAsync(MqttPacketType awaited, Func<ushort, MqttOutboundPacket> packet, CancellationToken cancellation)
    {
        await _pending.WaitForSlotAsync(cancellation);
        PendingAcknowledgement pending = _pending.Take(awaited);
        ValueTask<byte[]> acknowledged = pending.Task;

        // The slots bound the queue, and when it is closed End fails the wait.
        _outbound.EnqueueReply(packet(pending.PacketId));
        return await acknowledged;
    }

    public async Task DisconnectAsync()
    {
        if (!IsClosed)
        {
            _isLeaving = true;
            _outbound.EnqueueReply(MqttOutboundPacket.Disconnect);
            await Task.WhenAny(_outbound.StopAsync(discard: false), Task.Delay(LongestGoodbye));
            Interlocked.CompareExchange(ref _closeReason, (int)MqttCloseReason.LocalDisconnected, (int)MqttCloseReason.None);
            OnProgress();

            // The server closes on DISCONNECT. Closing first, with bytes unread, would reset the connection and could lose the DISCONNECT.
            await Task.WhenAny(_reading, Task.Delay(LongestGoodbye));
        }

        Shut();
        await _reading;
    }

    public void Close(MqttCloseReason reason, Exception? cause = null)
    {
        // The server closes on DISCONNECT, often before this side does: that is no loss.
        reason = _isLeaving && reason == MqttCloseReason.ConnectionLost ? MqttCloseReason.LocalDisconnected : reason;
        if (Interlocked.CompareExchange(ref _closeReason, (int)reason, (int)MqttCloseReason.None) == (int)MqttCloseReason.None)
        {
            _cause = cause;
            Shut();
        }
    }

    public bool HandlePacket(MqttFrame frame) => _dispatch.Handle(frame);

    public ValueTask<MqttPublishOutcome> DeliverAsync(MqttMessage message)
    {
        ValueTask handling = _options.OnMessage?.Invoke(message) ?? ValueTask.CompletedTask;
        return handling.IsCompletedSuccessfully ? ValueTask.FromResult(MqttPublishOutcome.Acknowledge) : AwaitAsync(handling);
    }

    public void OnProgress()
    {
        _receiver.Resume();
        _writable.Set();
    }

    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        await _stream.DisposeAsync();
    }

    private static async ValueTask<MqttPublishOutcome> AwaitAsync(ValueTask handling)
    {
        await handling;
        return MqttPublishOutcome.Acknowledge;
    }

    private async Task ReadAsync()
    {
        try
        {
            await _receiver.RunAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Close(MqttCloseReason.ConnectionLost, exception);
        }

        await _outbound.StopAsync(discard: true);
        MqttClosed closed = new((MqttCloseReason)_closeReason, _cause);
        _connected.TrySetException(Ended());
        _ = _connected.Task.Exception;
        _pending.End(Ended());
        _closed.TrySetResult(closed);
    }

    private void Shut()
    {
        _keepAlive?.Dispose();
        _stream.Dispose();
        OnProgress();
    }

    private MqttClientException Ended() => new(
        $"The MQTT connection of {_options.ClientId} to {_options.Host}:{_options.Port} has ended ({(MqttCloseReason)_closeReason}) before the server"
        + " acknowledged; connect again and repeat what still matters.",
        (MqttCloseReason)_closeReason,
        _cause);

    private void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw Ended();
        }
    }

    private MqttConnectPacket ConnectPacket() => new()
    {
        ClientId = _options.ClientId,
        CleanSession = _options.CleanSession,
        KeepAliveSeconds = checked((ushort)_options.KeepAlive.TotalSeconds),
        UserName = _options.UserName,
        Password = _options.Password?.ToArray(),
        Will = _options.Will,
    };

    private void StartKeepAlive()
    {
        if (_options.KeepAlive > TimeSpan.Zero)
        {
            TimeSpan interval = _options.KeepAlive / 4;
            _keepAlive = _time.CreateTimer(static state => ((MqttClientProtocol)state!).CheckKeepAlive(), this, interval, interval);
        }
    }

    /// <summary>Pings after half the keep-alive without sending [MQTT-3.1.2-23]; silence for 1.5 times of it means that the server is gone.</summary>
    private void CheckKeepAlive()
    {
        if (!_receiver.IsPaused && _time.GetElapsedTime(_receiver.LastPacket) > _options.KeepAlive * 1.5)
        {
            Close(MqttCloseReason.KeepAliveTimeout);
        }
        else if (ShouldPing())
        {
            _outbound.EnqueueReply(MqttOutboundPacket.PingRequest);
        }
    }

    /// <summary>Also when the server was silent: a client that only publishes QoS 0 would hear nothing from a live server either.</summary>
    private bool ShouldPing() =>
        _time.GetElapsedTime(_outbound.LastFlush) >= _options.KeepAlive / 2 || _time.GetElapsedTime(_receiver.LastPacket) >= _options.KeepAlive / 2;
}
