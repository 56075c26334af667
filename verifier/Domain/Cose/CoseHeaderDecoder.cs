using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Cose;

/// <summary>Decodes the two header maps of a message (RFC 9052 section 3).</summary>
internal sealed class CoseHeaderDecoder(CoseLimits limits)
{
    // Label 8 is of draft-ietf-rats-corim-11 alone: bstr .cbor corim-meta-map.
    private const int CorimMeta = 8;
    private const int MaxTextBytes = 256;
    private const int MaxContentFormat = ushort.MaxValue;
    private readonly List<ReadOnlyMemory<byte>> _labels = [];
    private readonly List<ReadOnlyMemory<byte>> _critical = [];

    internal CoseHeaders Headers { get; } = new();

    /// <summary>Decodes the content of the protected byte string: nothing, or one map.</summary>
    internal DecodeStatus DecodeProtected(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.IsEmpty)
        {
            return DecodeStatus.Ok;
        }

        BoundedCborReader reader = new(encoded, limits.Cbor);
        Headers.ProtectedCount = ReadMap(reader, isProtected: true);
        DecodeStatus status = reader.Finish();
        return status == DecodeStatus.Ok ? CheckCritical() : status;
    }

    internal void ReadUnprotected(BoundedCborReader reader) => Headers.UnprotectedCount = ReadMap(reader, isProtected: false);

    private int ReadMap(BoundedCborReader reader, bool isProtected)
    {
        int count = reader.ReadMapStart(CoseLimits.MaxLabels);
        for (int i = 0; i < count && reader.Status == DecodeStatus.Ok; i++)
        {
            ReadParameter(reader, isProtected);
        }

        reader.EndMap();
        return count;
    }

    private void ReadParameter(BoundedCborReader reader, bool isProtected)
    {
        CborKind kind = reader.Peek();
        ReadOnlyMemory<byte> label = ReadLabel(reader);
        if (_labels.Exists(seen => CborKeyOrder.Compare(seen.Span, label.Span) == 0))
        {
            // RFC 9052 section 3: a label may not occur in both maps.
            reader.Fail(DecodeStatus.Duplicate);
        }

        _labels.Add(label);
        if (isProtected && kind == CborKind.UnsignedInteger)
        {
            ReadProtectedValue(reader, SmallLabel(label));
        }
        else
        {
            ReadOtherValue(reader, kind == CborKind.UnsignedInteger ? SmallLabel(label) : 0);
        }
    }

    private static ReadOnlyMemory<byte> ReadLabel(BoundedCborReader reader)
    {
        if (reader.Peek() is CborKind.UnsignedInteger or CborKind.NegativeInteger or CborKind.Text)
        {
            return reader.ReadEncodedItem();
        }

        reader.Fail(DecodeStatus.WrongType);
        return default;
    }

    private static ulong SmallLabel(ReadOnlyMemory<byte> label) =>
        CborHead.TryRead(label.Span, out CborHead head) == DecodeStatus.Ok ? head.Argument : 0;

    private void ReadProtectedValue(BoundedCborReader reader, ulong label)
    {
        switch ((long)label)
        {
            case CoseLabel.Algorithm: Headers.Algorithm = ReadAlgorithm(reader); break;
            case CoseLabel.Critical: ReadCritical(reader); break;
            case CoseLabel.ContentType: ReadContentType(reader); break;
            case CoseLabel.KeyId: Headers.Kid = reader.ReadBytes(0, MaxTextBytes); break;
            case CorimMeta: Headers.CorimMeta = reader.ReadBytes(1, limits.MaxBytes); break;
            case CoseLabel.CwtClaims: Headers.CwtClaims = CwtClaims.Read(reader); break;
            case CoseLabel.Type: Headers.TypeFormat = ReadFormat(reader); break;
            case CoseReceipt.DataStructure: Headers.DataStructure = reader.ReadInt64(); break;
            default: reader.Skip(); break;
        }
    }

    // What is of use without protection: the kid, receipts and proofs; crit there is an error (RFC 9052 section 3.1), an algorithm there is not taken.
    private void ReadOtherValue(BoundedCborReader reader, ulong label)
    {
        switch ((long)label)
        {
            case CoseLabel.Critical: reader.Fail(DecodeStatus.CriticalHeader); break;
            case CoseLabel.KeyId: Headers.Kid = reader.ReadBytes(0, MaxTextBytes); break;
            case CoseReceipt.Receipts: Headers.Receipts = reader.ReadEncodedItem(); break;
            case CoseReceipt.Proofs: Headers.Proofs = reader.ReadEncodedItem(); break;
            default: reader.Skip(); break;
        }
    }

    private static CoseAlgorithm ReadAlgorithm(BoundedCborReader reader)
    {
        if (reader.Peek() == CborKind.Text)
        {
            reader.Skip();
            return CoseAlgorithm.None;
        }

        return (CoseAlgorithm)reader.ReadInt64(int.MinValue, int.MaxValue);
    }

    private void ReadContentType(BoundedCborReader reader)
    {
        if (reader.Peek() == CborKind.Text)
        {
            Headers.ContentType = reader.ReadText(MaxTextBytes);
        }
        else
        {
            Headers.ContentFormat = (int)reader.ReadInt64(0, MaxContentFormat);
        }
    }

    private static int? ReadFormat(BoundedCborReader reader)
    {
        if (reader.Peek() == CborKind.Text)
        {
            reader.Skip();
            return null;
        }

        return (int)reader.ReadInt64(0, MaxContentFormat);
    }

    private void ReadCritical(BoundedCborReader reader)
    {
        int count = reader.ReadArrayStart(1, CoseLimits.MaxLabels);
        for (int i = 0; i < count; i++)
        {
            _critical.Add(ReadLabel(reader));
        }

        reader.EndArray();
    }

    // Runs after the protected map and before the other one, so _labels holds the protected labels only.
    private DecodeStatus CheckCritical() =>
        _critical.TrueForAll(label => IsUnderstood(label) && _labels.Exists(seen => CborKeyOrder.Compare(seen.Span, label.Span) == 0))
            ? DecodeStatus.Ok
            : DecodeStatus.CriticalHeader;

    private static bool IsUnderstood(ReadOnlyMemory<byte> label) =>
        CborHead.TryRead(label.Span, out CborHead head) == DecodeStatus.Ok
        && head.Kind == CborKind.UnsignedInteger
        && (long)head.Argument is CoseLabel.Algorithm or CoseLabel.Critical or CoseLabel.ContentType or CoseLabel.KeyId
            or CorimMeta or CoseLabel.CwtClaims or CoseLabel.Type or CoseReceipt.DataStructure;
}
