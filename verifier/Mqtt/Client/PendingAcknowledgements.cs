using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Mqtt;

/// <summary>The packet identifiers of one client connection: each has at most one waiting caller [MQTT-2.3.1-2].</summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle is never asked for holds nothing to dispose.")]
internal sealed class PendingAcknowledgements(int capacity)
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _free = new(capacity);
    private readonly List<PendingAcknowledgement> _all = [];
    private readonly Queue<PendingAcknowledgement> _idle = new();
    private MqttClientException? _end;

    public Task WaitForSlotAsync(CancellationToken cancellation) => _free.WaitAsync(cancellation);

    /// <summary>Takes an identifier for which a slot was waited for.</summary>
    /// <exception cref="MqttClientException">The connection has ended.</exception>
    public PendingAcknowledgement Take(MqttPacketType awaited)
    {
        lock (_gate)
        {
            if (_end is not null)
            {
                _free.Release();
                throw Repeat(_end);
            }

            if (!_idle.TryDequeue(out PendingAcknowledgement? pending))
            {
                pending = new PendingAcknowledgement(this, (ushort)(_all.Count + 1));
                _all.Add(pending);
            }

            pending.Awaited = awaited;
            return pending;
        }
    }

    /// <summary>Moves an identifier from PUBREC to PUBCOMP (QoS 2).</summary>
    /// <returns>False when nobody waits for that: an acknowledgement of an earlier connection, to be ignored.</returns>
    public bool Advance(ushort packetId, MqttPacketType from, MqttPacketType to)
    {
        lock (_gate)
        {
            PendingAcknowledgement? pending = Find(packetId, from);
            if (pending is not null)
            {
                pending.Awaited = to;
            }

            return pending is not null;
        }
    }

    public void Complete(ushort packetId, MqttPacketType type, byte[] returnCodes)
    {
        PendingAcknowledgement? pending;
        lock (_gate)
        {
            pending = Find(packetId, type);
            if (pending is null)
            {
                return;
            }

            pending.Awaited = 0;
        }

        pending.Succeed(returnCodes);
    }

    /// <summary>Fails everyone who waits, and everyone who comes later.</summary>
    public void End(MqttClientException reason)
    {
        PendingAcknowledgement[] waiting;
        lock (_gate)
        {
            _end = reason;
            waiting = [.. _all.Where(pending => pending.Awaited != 0)];
            foreach (PendingAcknowledgement pending in waiting)
            {
                pending.Awaited = 0;
            }
        }

        foreach (PendingAcknowledgement pending in waiting)
        {
            pending.Fail(Repeat(reason));
        }
    }

    public void Return(PendingAcknowledgement pending)
    {
        lock (_gate)
        {
            _idle.Enqueue(pending);
        }

        _free.Release();
    }

    // One exception object for each caller: a stack trace belongs to one throw.
    private static MqttClientException Repeat(MqttClientException end) => new(end.Message, end.Reason, end.InnerException);

    private PendingAcknowledgement? Find(ushort packetId, MqttPacketType awaited)
    {
        bool isKnown = packetId >= 1 && packetId <= _all.Count;
        return isKnown && _all[packetId - 1].Awaited == awaited ? _all[packetId - 1] : null;
    }
}
