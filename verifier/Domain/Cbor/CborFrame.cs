namespace IotAttest.Domain.Cbor;

/// <summary>One open map or array of a <see cref="BoundedCborReader"/>.</summary>
internal struct CborFrame
{
    internal bool IsMap;

    /// <summary>Items still to read; a pair of a map counts two.</summary>
    internal int Remaining;

    /// <summary>Where the item that is being read started, or -1 between items.</summary>
    internal int ItemStart;

    /// <summary>The previous key of a map in deterministic order.</summary>
    internal Range PreviousKey;

    /// <summary>All keys so far of a map in any order; null until one is needed.</summary>
    internal List<Range>? Keys;

    internal readonly bool IsAtKey => IsMap && (Remaining & 1) == 0;
}
