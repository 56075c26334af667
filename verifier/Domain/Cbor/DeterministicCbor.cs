using System.Formats.Cbor;
using IotAttest.Protocol;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Cbor;

/// <summary>Core deterministic encoding (RFC 8949 section 4.2.1) with the framework's writer.</summary>
/// <remarks>The writer's own canonical mode sorts keys length first, the order of RFC 7049. So the caller writes keys in bytewise
/// order, and the result is read back with the strict reader before it leaves.</remarks>
public static class DeterministicCbor
{
    private const int MaxDepth = 32;

    /// <summary>Encodes one item.</summary>
    /// <param name="write">Writes the item: definite lengths, map keys in bytewise order of their encoded form.</param>
    /// <returns>The encoded bytes; equal calls give equal bytes.</returns>
    /// <exception cref="InvalidOperationException">The caller's mistake: keys out of order or twice, an open map or array, no item or two.</exception>
    public static byte[] Encode(Action<CborWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        CborWriter writer = new(CborConformanceMode.Strict);
        write(writer);
        byte[] encoded = writer.Encode();
        BoundedCborReader check = new(encoded, new CborLimits(encoded.Length, MaxDepth, StrictDeterministic: true));
        check.Skip();
        DecodeStatus status = check.Finish();
        return status == DecodeStatus.Ok
            ? encoded
            : throw new InvalidOperationException($"Encoding is {status}; write definite lengths and map keys in bytewise order (RFC 8949 section 4.2.1).");
    }
}
