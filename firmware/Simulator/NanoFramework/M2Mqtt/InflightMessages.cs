using System;
using System.Collections.Generic;
using System.Threading;

namespace nanoFramework.M2Mqtt;

/// <summary>Publications of QoS 1 without PUBACK; as on a board each is repeated after a second, three times, then given up.</summary>
internal sealed class InflightMessages : IDisposable
{
    private const int RetryDelayMs = 1000;
    private const int MaxRetries = 3;

    private readonly Dictionary<ushort, Entry> _entries = [];
    private readonly Lock _gate = new();
    private readonly Timer _timer;
    private readonly Action<ReadOnlyMemory<byte>> _send;
    private readonly Action<ushort> _givenUp;
    private bool _isTicking;
    private bool _isDisposed;

    public InflightMessages(Action<ReadOnlyMemory<byte>> send, Action<ushort> givenUp)
    {
        _send = send;
        _givenUp = givenUp;
        _timer = new Timer(_ => Retry());
    }

    public void Add(ushort messageId, Memory<byte> packet)
    {
        lock (_gate)
        {
            _entries[messageId] = new Entry(packet, 0);
            if (!_isTicking && !_isDisposed)
            {
                _isTicking = true;
                _timer.Change(RetryDelayMs, Timeout.Infinite);
            }
        }
    }

    /// <summary>True when the identifier was waiting for this acknowledgement.</summary>
    public bool Remove(ushort messageId)
    {
        lock (_gate)
        {
            return _entries.Remove(messageId);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer.Dispose();
        }
    }

    private void Retry()
    {
        List<ushort> givenUp = [];
        List<Memory<byte>> again = [];
        lock (_gate)
        {
            foreach ((ushort messageId, Entry entry) in new Dictionary<ushort, Entry>(_entries))
            {
                if (entry.Retries == MaxRetries)
                {
                    _entries.Remove(messageId);
                    givenUp.Add(messageId);
                    continue;
                }

                entry.Packet.Span[0] |= Packets.DupFlag;
                _entries[messageId] = entry with { Retries = entry.Retries + 1 };
                again.Add(entry.Packet);
            }

            _isTicking = _entries.Count > 0;
        }

        again.ForEach(packet => _send(packet));
        givenUp.ForEach(_givenUp);
        Rearm();
    }

    private void Rearm()
    {
        lock (_gate)
        {
            if (_isTicking && !_isDisposed)
            {
                _timer.Change(RetryDelayMs, Timeout.Infinite);
            }
        }
    }

    private readonly record struct Entry(Memory<byte> Packet, int Retries);
}
