namespace IotAttest.Mqtt;

/// <summary>Packet identifiers in use by this side: none is given out twice before it is acknowledged [MQTT-2.3.1-4]. Not thread safe.</summary>
internal sealed class PacketIds(int maxInUse)
{
    private HashSet<ushort>? _inUse;
    private ushort _last;

    public bool TryTake(out ushort packetId)
    {
        _inUse ??= [];
        packetId = 0;
        if (_inUse.Count >= maxInUse)
        {
            return false;
        }

        do
        {
            _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
        }
        while (!_inUse.Add(_last));

        packetId = _last;
        return true;
    }

    /// <summary>Frees an identifier; one that is not in use is ignored: a repeated PUBACK harms nobody.</summary>
    public void Return(ushort packetId) => _inUse?.Remove(packetId);
}
