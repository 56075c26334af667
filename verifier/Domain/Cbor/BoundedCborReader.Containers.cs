using IotAttest.Protocol;

namespace IotAttest.Domain.Cbor;

/// <content>Maps and arrays.</content>
public sealed partial class BoundedCborReader
{
    /// <summary>Opens a map; keys and values follow in turn, then <see cref="EndMap"/>.</summary>
    /// <param name="maxEntries">Most pairs; more are OutOfRange.</param>
    /// <returns>The number of pairs; 0 after a failure.</returns>
    public int ReadMapStart(int maxEntries) =>
        Begin(CborKind.Map, out CborHead head) && CheckLength(head, 0, maxEntries) ? Open(head, isMap: true) : 0;

    /// <summary>Opens an array of a number of items in [min, max]; the items follow, then <see cref="EndArray"/>.</summary>
    /// <returns>The number of items; 0 after a failure.</returns>
    public int ReadArrayStart(int min, int max) =>
        Begin(CborKind.Array, out CborHead head) && CheckLength(head, min, max) ? Open(head, isMap: false) : 0;

    /// <summary>Closes the open map; unread pairs are OutOfRange.</summary>
    public void EndMap() => CloseOpen(isMap: true);

    /// <summary>Closes the open array; unread items are OutOfRange.</summary>
    public void EndArray() => CloseOpen(isMap: false);

    private int Open(CborHead head, bool isMap)
    {
        if (_depth >= _limits.MaxDepth)
        {
            Fail(DecodeStatus.TooDeep);
            return 0;
        }

        int? count = isMap ? _reader.ReadStartMap() : _reader.ReadStartArray();
        _depth++;
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _frames.Length * 2);
        }

        _frames[_depth] = NewFrame(isMap, (int)head.Argument * (isMap ? 2 : 1));
        return count ?? 0;
    }

    private void CloseOpen(bool isMap)
    {
        if (Status != DecodeStatus.Ok)
        {
            return;
        }

        if (_depth == 0 || _frames[_depth].IsMap != isMap || _frames[_depth].Remaining > 0)
        {
            Fail(DecodeStatus.OutOfRange);
            return;
        }

        Close();
    }

    private void Close()
    {
        ref CborFrame frame = ref _frames[_depth];
        if (frame.Keys is { Count: > 1 } keys && HasDuplicate(keys))
        {
            Fail(DecodeStatus.Duplicate);
            return;
        }

        if (frame.IsMap)
        {
            _reader.ReadEndMap();
        }
        else
        {
            _reader.ReadEndArray();
        }

        _depth--;
        End();
    }

    // Sorting once keeps a map of many keys at n log n; comparing each with each would be a gift to an attacker.
    private bool HasDuplicate(List<Range> keys)
    {
        keys.Sort((left, right) => CborKeyOrder.Compare(_data.Span[left], _data.Span[right]));
        for (int i = 1; i < keys.Count; i++)
        {
            if (CborKeyOrder.Compare(_data.Span[keys[i - 1]], _data.Span[keys[i]]) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
