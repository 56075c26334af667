using System.IO.Pipelines;
using System.Net.Sockets;

namespace IotAttest.Mqtt;

/// <summary>Packets on their way out: any thread adds, one pump at a time writes all that is queued and flushes once.</summary>
/// <remarks>A PipeWriter takes one writer at a time. The pump is a thread pool work item that exists once per connection, so a packet
/// costs neither a task nor a flush of its own; while a batch of received packets is handled the pump is held back (Cork), and their
/// answers leave together.</remarks>
/// <param name="writer">Where the packets go.</param>
/// <param name="connection">Is told about progress and failure.</param>
/// <param name="capacity">Messages that may wait.</param>
/// <param name="congestedAt">Packets of any kind waiting at which the reader pauses.</param>
/// <param name="time">The clock of timeouts.</param>
internal sealed class OutboundQueue(PipeWriter writer, IMqttConnection connection, int capacity, int congestedAt, TimeProvider time) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private List<MqttOutboundPacket> _queued = [];
    private List<MqttOutboundPacket> _draining = [];
    private PumpState _state;
    private bool _isCorked;
    private bool _isClosed;
    private int _publishes;
    private int _count;
    private long _flushStarted;
    private TaskCompletionSource? _stopped;

    private enum PumpState
    {
        Idle,
        Scheduled,
        Running,
    }

    /// <summary>True when answers and messages pile up: the reader pauses, so that a burst from this peer cannot overflow its own queue.</summary>
    public bool IsCongested => Volatile.Read(ref _count) >= congestedAt;

    /// <summary>True when no further message is taken now.</summary>
    public bool IsFull => Volatile.Read(ref _publishes) >= capacity;

    /// <summary>The timestamp at which the flush in progress began, or 0 when none waits for the peer.</summary>
    public long FlushStarted => Volatile.Read(ref _flushStarted);

    /// <summary>The timestamp of the last flush; a client need not ping while it sends.</summary>
    public long LastFlush { get; private set; } = time.GetTimestamp();

    /// <summary>Queues an answer. The reader pauses when there are many, which bounds how many answers there can be.</summary>
    public bool EnqueueReply(MqttOutboundPacket packet)
    {
        lock (_gate)
        {
            return AddIfOpen(packet);
        }
    }

    /// <summary>Queues an answer without calling the pump: <see cref="Flush"/> must follow, once the caller holds no lock.</summary>
    public void EnqueueUnflushed(MqttOutboundPacket packet)
    {
        lock (_gate)
        {
            if (Add(packet) && _state == PumpState.Idle && !_isCorked)
            {
                // The flush that follows is the pump's turn: who stops the queue meanwhile waits for it.
                _state = PumpState.Scheduled;
            }
        }
    }

    /// <summary>Writes what is queued on this thread, unless a pump runs or the reader holds it back.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_isCorked || _state == PumpState.Running || _queued.Count == 0)
            {
                return;
            }

            _state = PumpState.Running;
        }

        _ = PumpAsync();
    }

    /// <summary>Queues a message unless the queue is closed, or full because the peer does not read.</summary>
    public bool TryEnqueuePublish(MqttOutboundPacket packet)
    {
        lock (_gate)
        {
            if (_publishes < capacity)
            {
                return AddIfOpen(packet);
            }

            if (_isClosed || _state == PumpState.Running)
            {
                return false;
            }

            _state = PumpState.Running;
        }

        // Full only because the pump had no turn yet: take its turn.
        _ = PumpAsync();
        lock (_gate)
        {
            return _publishes < capacity && AddIfOpen(packet);
        }
    }

    /// <summary>Holds the pump back until <see cref="Uncork"/>; called by the reader around a batch.</summary>
    public void Cork()
    {
        lock (_gate)
        {
            _isCorked = true;
        }
    }

    /// <summary>Writes and flushes what the batch queued, on this thread unless a pump already runs.</summary>
    public void Uncork()
    {
        lock (_gate)
        {
            _isCorked = false;
        }

        Flush();
    }

    void IThreadPoolWorkItem.Execute()
    {
        lock (_gate)
        {
            if (_state != PumpState.Scheduled)
            {
                return;
            }

            _state = PumpState.Running;
        }

        _ = PumpAsync();
    }

    /// <summary>Takes no more packets and completes when no write is under way, after the queued ones are written or, with <paramref name="discard"/>, without them.</summary>
    public Task StopAsync(bool discard)
    {
        lock (_gate)
        {
            _isClosed = true;
            if (discard)
            {
                Clear();
            }

            if (_state == PumpState.Idle)
            {
                return Task.CompletedTask;
            }

            _stopped ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _stopped.Task;
        }
    }

    private bool AddIfOpen(MqttOutboundPacket packet)
    {
        if (!Add(packet))
        {
            return false;
        }

        if (_state == PumpState.Idle && !_isCorked)
        {
            _state = PumpState.Scheduled;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return true;
    }

    private bool Add(MqttOutboundPacket packet)
    {
        if (_isClosed)
        {
            return false;
        }

        _queued.Add(packet);
        _count++;
        _publishes += packet.IsPublish ? 1 : 0;
        return true;
    }

    private async Task PumpAsync()
    {
        try
        {
            while (TakeQueued())
            {
                WriteTaken();
                await FlushAsync();
                connection.OnProgress();
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            StopAfterFailure();
            connection.Close(MqttCloseReason.ConnectionLost, exception);
        }
    }

    private bool TakeQueued()
    {
        lock (_gate)
        {
            _draining.Clear();
            if (_queued.Count == 0)
            {
                _state = PumpState.Idle;
                _stopped?.TrySetResult();
                return false;
            }

            (_queued, _draining) = (_draining, _queued);
            _publishes = 0;
            _count = 0;
            return true;
        }
    }

    private void WriteTaken()
    {
        foreach (MqttOutboundPacket packet in _draining)
        {
            packet.WriteTo(writer);
        }
    }

    private async ValueTask FlushAsync()
    {
        LastFlush = time.GetTimestamp();
        ValueTask<FlushResult> flush = writer.FlushAsync();
        FlushResult result;
        if (flush.IsCompleted)
        {
            result = flush.GetAwaiter().GetResult();
        }
        else
        {
            result = await WaitForPeerAsync(flush);
        }

        if (result.IsCompleted || result.IsCanceled)
        {
            throw new IOException("The peer closed the connection while a packet was on its way to it.");
        }
    }

    private async ValueTask<FlushResult> WaitForPeerAsync(ValueTask<FlushResult> flush)
    {
        Volatile.Write(ref _flushStarted, LastFlush);
        try
        {
            return await flush;
        }
        finally
        {
            Volatile.Write(ref _flushStarted, 0);
        }
    }

    private void StopAfterFailure()
    {
        lock (_gate)
        {
            _isClosed = true;
            Clear();
            _state = PumpState.Idle;
            _stopped?.TrySetResult();
        }
    }

    private void Clear()
    {
        _queued.Clear();
        _publishes = 0;
        _count = 0;
    }
}
