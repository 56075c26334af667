using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>An immutable index that grows cheaply and is read fast: a settled layer that costs one probe whatever its size, and a small
/// one with what came since. When the small one has grown to an eighth, both are settled together.</summary>
internal sealed class LayeredIndex<TKey, TValue>
    where TKey : notnull
{
    /// <summary>Most recent entries over a small settled layer.</summary>
    internal const int MinRecent = 1024;

    private readonly FrozenDictionary<TKey, TValue> _settled;
    private readonly ImmutableDictionary<TKey, TValue> _recent;

    internal LayeredIndex(IEnumerable<KeyValuePair<TKey, TValue>> entries)
        : this(entries.ToFrozenDictionary(), ImmutableDictionary<TKey, TValue>.Empty)
    {
    }

    private LayeredIndex(FrozenDictionary<TKey, TValue> settled, ImmutableDictionary<TKey, TValue> recent)
    {
        _settled = settled;
        _recent = recent;
    }

    internal bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) =>
        (!_recent.IsEmpty && _recent.TryGetValue(key, out value)) || _settled.TryGetValue(key, out value);

    internal TValue? Find(TKey key) => TryGet(key, out TValue? value) ? value : default;

    /// <summary>The same index with one entry added or replaced.</summary>
    internal LayeredIndex<TKey, TValue> With(TKey key, TValue value)
    {
        ImmutableDictionary<TKey, TValue> recent = _recent.SetItem(key, value);
        return recent.Count <= Math.Max(MinRecent, _settled.Count / 8)
            ? new LayeredIndex<TKey, TValue>(_settled, recent)
            : new LayeredIndex<TKey, TValue>(_settled.Where(entry => !recent.ContainsKey(entry.Key)).Concat(recent));
    }
}
