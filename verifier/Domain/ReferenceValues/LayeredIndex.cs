using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>An immutable index that grows cheaply and is read fast: a settled layer that costs one probe whatever its size, and a small
/// one with what came since. When the small one has grown to an eighth, both are settled together: memory stays within an eighth of what is held.</summary>
internal sealed class LayeredIndex<TKey, TValue>
    where TKey : notnull
{
    /// <summary>Most recent entries over a small settled layer.</summary>
    internal const int MinRecent = 1024;

    // Never written again. Not frozen: that takes a hundred times as long to make, and is read hardly faster.
    private readonly Dictionary<TKey, TValue> _settled;
    private readonly ImmutableDictionary<TKey, TValue> _recent;

    /// <summary>Takes the dictionary over: nobody may write to it any more.</summary>
    internal LayeredIndex(Dictionary<TKey, TValue> settled)
        : this(settled, ImmutableDictionary<TKey, TValue>.Empty)
    {
    }

    private LayeredIndex(Dictionary<TKey, TValue> settled, ImmutableDictionary<TKey, TValue> recent)
    {
        _settled = settled;
        _recent = recent;
    }

    /// <summary>Entries that are not settled.</summary>
    internal int Recent => _recent.Count;

    internal bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) =>
        (!_recent.IsEmpty && _recent.TryGetValue(key, out value)) || _settled.TryGetValue(key, out value);

    internal bool Contains(TKey key) => TryGet(key, out _);

    internal TValue? Find(TKey key) => TryGet(key, out TValue? value) ? value : default;

    /// <summary>The same index with one entry added or replaced.</summary>
    internal LayeredIndex<TKey, TValue> With(TKey key, TValue value)
    {
        ImmutableDictionary<TKey, TValue> recent = _recent.SetItem(key, value);
        return recent.Count <= Math.Max(MinRecent, _settled.Count / 8) ? new LayeredIndex<TKey, TValue>(_settled, recent) : Settle(recent);
    }

    private LayeredIndex<TKey, TValue> Settle(ImmutableDictionary<TKey, TValue> recent)
    {
        Dictionary<TKey, TValue> settled = new(_settled.Count + recent.Count, _settled.Comparer);
        foreach ((TKey key, TValue value) in _settled)
        {
            settled.Add(key, value);
        }

        foreach ((TKey key, TValue value) in recent)
        {
            settled[key] = value;
        }

        return new LayeredIndex<TKey, TValue>(settled);
    }
}
