using System.Buffers.Binary;
using System.Text;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>One field of a protobuf message, read by its wire format alone: numbers are those of opentelemetry-proto.</summary>
internal sealed record ProtoField(int Number, byte[] Bytes, ulong Value)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public double Double => BitConverter.UInt64BitsToDouble(Value);

    /// <summary>The fields of this message with a number.</summary>
    public IEnumerable<ProtoField> All(int number) => Fields().Where(field => field.Number == number);

    public ProtoField? First(int number) => All(number).FirstOrDefault();

    /// <summary>The fields at the end of a path of numbers.</summary>
    public IEnumerable<ProtoField> Along(params int[] path) => path.Aggregate<int, IEnumerable<ProtoField>>([this], (fields, number) => fields.SelectMany(field => field.All(number)));

    private List<ProtoField> Fields()
    {
        List<ProtoField> fields = [];
        int at = 0;
        while (at < Bytes.Length)
        {
            ulong tag = Varint(ref at);
            int number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields.Add(new ProtoField(number, [], Varint(ref at)));
                    break;
                case 1:
                    fields.Add(new ProtoField(number, [], BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(at, 8))));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(ref at);
                    fields.Add(new ProtoField(number, Bytes.AsSpan(at, length).ToArray(), 0));
                    at += length;
                    break;
                case 5:
                    fields.Add(new ProtoField(number, [], BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at, 4))));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7} at {at}");
            }
        }

        return fields;
    }

    private ulong Varint(ref int at)
    {
        ulong value = 0;
        int shift = 0;
        byte next;
        do
        {
            next = Bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            shift += 7;
        }
        while (next >= 0x80);
        return value;
    }
}
