namespace IotAttest.Domain.Transparency;

/// <summary>One entry of a log as a check reads it.</summary>
/// <param name="Sequence">Number of the entry, from 1; its leaf has index Sequence - 1.</param>
/// <param name="Subject">What it is about, for messages: kind and name.</param>
/// <param name="Entry">The entry; null when it is gone.</param>
/// <param name="Leaf">The leaf hash kept with it, 32 bytes; null where none is kept, as in a download.</param>
/// <param name="Source">What the row that it was made from says today; null where that cannot be read, as in a download.</param>
public sealed record LoggedEntry(long Sequence, string Subject, ReadOnlyMemory<byte>? Entry, ReadOnlyMemory<byte>? Leaf = null, ReadOnlyMemory<byte>? Source = null);
