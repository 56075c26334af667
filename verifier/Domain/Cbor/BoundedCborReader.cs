using System.Formats.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Cbor;

/// <summary>Forward-only reader over System.Formats.Cbor for bytes from outside: bounded in size and depth, definite lengths
/// only, no duplicate map keys, on request core deterministic (RFC 8949 section 4.2.1).</summary>
/// <remarks>The error is sticky: after the first failure every read returns 0, false or empty and <see cref="Status"/> keeps the
/// first cause, so a decoder reads straight through and checks once at <see cref="Finish"/>. Nothing throws for bad bytes.
/// Returned memory is a slice of the input, not a copy. Not thread-safe.</remarks>
public sealed partial class BoundedCborReader
{
    private readonly CborReader _reader;
    private readonly CborLimits _limits;
    private ReadOnlyMemory<byte> _data;
    private CborFrame[] _frames = new CborFrame[4];
    private int _depth;

    /// <summary>Starts at the first byte of <paramref name="data"/>.</summary>
    /// <param name="data">The whole input; it must not change while the reader or a slice of it is in use.</param>
    /// <param name="limits">Bounds; an input over <see cref="CborLimits.MaxBytes"/> fails at once with TooLarge.</param>
    public BoundedCborReader(ReadOnlyMemory<byte> data, CborLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
        // Lax: this class checks more than the strict mode does, and that mode would hash every key a second time.
        _reader = new CborReader(data, CborConformanceMode.Lax, allowMultipleRootLevelValues: true);
        Start(data);
    }

    /// <summary>Ok, or the first cause of failure.</summary>
    public DecodeStatus Status { get; private set; }

    /// <summary>Bytes read so far; the offset of the next item in the input.</summary>
    public int Position => _data.Length - _reader.BytesRemaining;

    /// <summary>The kind of the next item; <see cref="CborKind.End"/> after the last item of the open map or array and after a failure.</summary>
    public CborKind Peek()
    {
        if (Status != DecodeStatus.Ok || _frames[_depth].Remaining == 0)
        {
            return CborKind.End;
        }

        return TryReadHead(out CborHead head) ? head.Kind : CborKind.End;
    }

    /// <summary>Starts over on other bytes under the same limits; spares the allocation of a reader for each nested byte string.</summary>
    public void Reset(ReadOnlyMemory<byte> data)
    {
        _reader.Reset(data);
        Start(data);
    }

    /// <summary>Records a failure that the caller found; the first one stays.</summary>
    /// <returns>The status that stays.</returns>
    public DecodeStatus Fail(DecodeStatus cause)
    {
        if (Status == DecodeStatus.Ok)
        {
            Status = cause;
        }

        return Status;
    }

    /// <summary>Ends reading: every map and array must be closed, the one item read, and no byte left.</summary>
    /// <returns>Ok; TrailingBytes when bytes follow; Truncated when no item was read; else the first cause.</returns>
    public DecodeStatus Finish()
    {
        if (Status == DecodeStatus.Ok && (_depth > 0 || _frames[0].Remaining > 0))
        {
            return Fail(_reader.BytesRemaining == 0 ? DecodeStatus.Truncated : DecodeStatus.OutOfRange);
        }

        return _reader.BytesRemaining == 0 ? Status : Fail(DecodeStatus.TrailingBytes);
    }

    private void Start(ReadOnlyMemory<byte> data)
    {
        _data = data;
        _depth = 0;
        _frames[0] = NewFrame(isMap: false, items: 1);
        Status = data.Length > _limits.MaxBytes ? DecodeStatus.TooLarge : DecodeStatus.Ok;
    }

    private static CborFrame NewFrame(bool isMap, int items) => new() { IsMap = isMap, Remaining = items, ItemStart = -1 };

    // Every read passes here: it decides truncation and well-formedness from the raw bytes, so that CborReader has nothing to throw.
    private bool TryReadHead(out CborHead head)
    {
        ReadOnlySpan<byte> rest = _data.Span[Position..];
        DecodeStatus status = CborHead.TryRead(rest, out head);
        if (status == DecodeStatus.Ok)
        {
            status = CheckHead(head, rest.Length - head.Length);
        }

        return status == DecodeStatus.Ok || Fail(status) == DecodeStatus.Ok;
    }

    private DecodeStatus CheckHead(CborHead head, int bytesAfter)
    {
        if (head.IsIndefinite || (_limits.StrictDeterministic && !head.IsShortest))
        {
            return DecodeStatus.NotDeterministic;
        }

        // An item of an array takes at least one byte and a pair of a map two, so a count beyond the rest cannot be satisfied.
        ulong bound = head.Kind switch
        {
            CborKind.Bytes or CborKind.Text or CborKind.Array => (ulong)bytesAfter,
            CborKind.Map => (ulong)bytesAfter / 2,
            _ => ulong.MaxValue,
        };
        return head.Argument > bound ? DecodeStatus.Truncated : DecodeStatus.Ok;
    }

    private bool Begin(out CborHead head)
    {
        head = default;
        if (Status != DecodeStatus.Ok)
        {
            return false;
        }

        ref CborFrame frame = ref _frames[_depth];
        if (frame.Remaining == 0)
        {
            Fail(DecodeStatus.Missing);
            return false;
        }

        if (!TryReadHead(out head))
        {
            return false;
        }

        frame.ItemStart = frame.ItemStart < 0 ? Position : frame.ItemStart;
        return true;
    }

    private bool Begin(CborKind kind, out CborHead head)
    {
        if (!Begin(out head))
        {
            return false;
        }

        return head.Kind == kind || Fail(DecodeStatus.WrongType) == DecodeStatus.Ok;
    }

    private void End()
    {
        ref CborFrame frame = ref _frames[_depth];
        if (frame.IsAtKey)
        {
            CheckKey(ref frame, frame.ItemStart..Position);
        }

        frame.ItemStart = -1;
        frame.Remaining--;
    }

    private void CheckKey(ref CborFrame frame, Range key)
    {
        if (!_limits.StrictDeterministic)
        {
            (frame.Keys ??= []).Add(key);
            return;
        }

        if (frame.PreviousKey.End.Value > 0)
        {
            int order = _data.Span[frame.PreviousKey].SequenceCompareTo(_data.Span[key]);
            if (order >= 0)
            {
                Fail(order == 0 ? DecodeStatus.Duplicate : DecodeStatus.NotDeterministic);
            }
        }

        frame.PreviousKey = key;
    }

    // The framework's reader reports bad bytes with two exception types; the bytes fc to fe raise the second one.
    private T Guard<T>(Func<CborReader, T> read, T otherwise)
    {
        try
        {
            T value = read(_reader);
            End();
            return value;
        }
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException)
        {
            Fail(DecodeStatus.NotWellFormed);
            return otherwise;
        }
    }
}
