using System;

namespace nanoFramework.M2Mqtt;

/// <summary>A packet that came in; the body is valid until the next is read.</summary>
internal readonly record struct ReceivedPacket(byte TypeAndFlags, ReadOnlyMemory<byte> Body)
{
    public int Type => TypeAndFlags >> 4;
}
