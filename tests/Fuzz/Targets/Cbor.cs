using System.Formats.Cbor;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>CBOR by the framework: an opinion of its own about bytes that the project's readers took.</summary>
internal static class Cbor
{
    /// <summary>What mutations write: heads of every kind and size, tags of COSE and CoRIM, simple values, breaks.</summary>
    public static readonly byte[][] Words =
    [
        [0x00], [0x17], [0x18, 0x18], [0x19, 0x01, 0x00], [0x1a, 0, 1, 0, 0], [0x1b, 0, 0, 0, 1, 0, 0, 0, 0], [0x1b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        [0x20], [0x38, 0x18], [0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        [0x40], [0x58, 0x20], [0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0x5a, 0x7f, 0xff, 0xff, 0xff], [0x5f], [0x60], [0x61, 0x61], [0x7f],
        [0x80], [0x81], [0x82], [0x84], [0x98, 0x18], [0x9a, 0x7f, 0xff, 0xff, 0xff], [0x9b, 0, 0, 0, 1, 0, 0, 0, 0], [0x9f],
        [0xa0], [0xa1], [0xa2], [0xba, 0x7f, 0xff, 0xff, 0xff], [0xbf], [0xff],
        [0xc0], [0xc1], [0xd1], [0xd2], [0xd8, 0x25], [0xd9, 0x01, 0xf5], [0xd9, 0x01, 0xfa], [0xd9, 0x02, 0x28], [0xd9, 0x02, 0x29], [0xd9, 0xd9, 0xf7],
        [0xf4], [0xf5], [0xf6], [0xf7], [0xf8, 0x20], [0xf9, 0x7e, 0], [0xfb, 0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a],
    ];

    /// <summary>The same item with shortest heads and definite lengths, keys in the order they have.</summary>
    public static byte[] Transcode(ReadOnlyMemory<byte> encoded)
    {
        CborReader reader = new(encoded, CborConformanceMode.Lax);
        CborWriter writer = new(CborConformanceMode.Lax, convertIndefiniteLengthEncodings: true);
        Copy(reader, writer);
        return writer.Encode();
    }

    /// <summary>A COSE_Sign1 with a signature that does not hold: decoded is not verified.</summary>
    public static byte[] Sign1(byte[] protectedMap, ReadOnlySpan<byte> payload)
    {
        CborWriter writer = new(CborConformanceMode.Lax);
        writer.WriteTag((CborTag)18);
        writer.WriteStartArray(4);
        writer.WriteByteString(protectedMap);
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteByteString(payload);
        writer.WriteByteString(new byte[64]);
        writer.WriteEndArray();
        return writer.Encode();
    }

    private static void Copy(CborReader reader, CborWriter writer)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger: writer.WriteUInt64(reader.ReadUInt64()); break;
            case CborReaderState.NegativeInteger: writer.WriteCborNegativeIntegerRepresentation(reader.ReadCborNegativeIntegerRepresentation()); break;
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString: writer.WriteByteString(reader.ReadByteString()); break;
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString: writer.WriteTextString(reader.ReadTextString()); break;
            case CborReaderState.Tag:
                writer.WriteTag(reader.ReadTag());
                Copy(reader, writer);
                break;
            case CborReaderState.StartArray: CopyArray(reader, writer); break;
            case CborReaderState.StartMap: CopyMap(reader, writer); break;
            default: writer.WriteEncodedValue(reader.ReadEncodedValue().Span); break; // simple values and floats
        }
    }

    private static void CopyArray(CborReader reader, CborWriter writer)
    {
        writer.WriteStartArray(reader.ReadStartArray());
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            Copy(reader, writer);
        }

        reader.ReadEndArray();
        writer.WriteEndArray();
    }

    private static void CopyMap(CborReader reader, CborWriter writer)
    {
        writer.WriteStartMap(reader.ReadStartMap());
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            Copy(reader, writer);
        }

        reader.ReadEndMap();
        writer.WriteEndMap();
    }
}
