using System.Globalization;
using IotAttest.Domain.Corim;

namespace IotAttest.Domain.Transparency;

/// <summary>Checks a whole log: every entry against what was kept of it inside and outside, entry after entry, so that a changed row is named.</summary>
/// <remarks>Inside the store an entry stands three times: as the row that people read, as the entry, and as hashes. Who changes one is named by
/// the others. Who changes all of them is found by a checkpoint kept elsewhere, and named by leaf hashes kept elsewhere.</remarks>
public sealed class LogCheck
{
    private readonly Dictionary<(int Level, long Index), byte[]> _nodes = [];
    private readonly List<LogFinding> _findings = [];
    private readonly Func<int, long, byte[]?>? _keptNode;
    private readonly IReadOnlyList<byte[]> _keptLeaves;
    private long _size;

    /// <param name="keptNode">The inner nodes in the store, by level (1 and up) and index; null where there are none to compare.</param>
    /// <param name="keptLeaves">Leaf hashes kept elsewhere, from entry 1 on.</param>
    public LogCheck(Func<int, long, byte[]?>? keptNode = null, IReadOnlyList<byte[]>? keptLeaves = null)
    {
        _keptNode = keptNode;
        _keptLeaves = keptLeaves ?? [];
    }

    /// <summary>Entries read so far.</summary>
    public long Size => _size;

    /// <summary>The root over what was read, computed from the entries themselves.</summary>
    public Sha256Digest Root => new(Tree.Root());

    /// <summary>Leaf hashes of what was read, to be kept.</summary>
    public IEnumerable<byte[]> Leaves => Enumerable.Range(0, checked((int)_size)).Select(index => _nodes[(0, index)]);

    /// <summary>What was found, in order of discovery.</summary>
    public IReadOnlyList<LogFinding> Findings => _findings;

    private MerkleTree Tree => new(_size, (level, index) => _nodes[(level, index)]);

    /// <summary>Takes the next entry.</summary>
    public void Add(LoggedEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        long sequence = _size + 1;
        if (entry.Sequence != sequence)
        {
            Find(sequence, $"entry {Text(entry.Sequence)}", $"entry {Text(sequence)}: the numbers have no gaps and no doubles");
        }

        byte[] leaf = LeafOf(entry, sequence);
        CheckSource(entry, sequence);
        if (sequence <= _keptLeaves.Count && !_keptLeaves[(int)sequence - 1].AsSpan().SequenceEqual(leaf))
        {
            Find(sequence, $"another {entry.Subject} than the one that was kept", "the leaf hash kept from an earlier look");
        }

        foreach (MerkleNode node in MerkleTree.NodesOf(_size, leaf, (level, index) => _nodes[(level, index)]))
        {
            _nodes[(node.Level, node.Index)] = node.Hash;
            CheckNode(node, sequence);
        }

        _size++;
    }

    /// <summary>Takes the next entry by its leaf hash, as it was kept from an earlier look.</summary>
    /// <param name="leaf">32 bytes.</param>
    public void AddLeaf(byte[] leaf)
    {
        foreach (MerkleNode node in MerkleTree.NodesOf(_size, leaf, (level, index) => _nodes[(level, index)]))
        {
            _nodes[(node.Level, node.Index)] = node.Hash;
        }

        _size++;
    }

    /// <summary>Notes that a row and its entry are not both there.</summary>
    /// <param name="sequence">The entry whose row is gone; null for a row without an entry.</param>
    /// <param name="subject">Kind and name.</param>
    public void Miss(long? sequence, string subject) => Find(
        sequence,
        sequence is null ? $"a {subject} that was never logged" : $"no {subject} any more",
        sequence is null ? "an entry for it: rows and entries are written together" : "the row that was logged: it was deleted");

    /// <summary>Notes that what is read from day to day does not follow from what was logged.</summary>
    /// <param name="sequence">The entry.</param>
    /// <param name="difference">What differs.</param>
    public void Contradict(long sequence, string difference) => Find(sequence, difference, "what the signed file and the recorded decisions say");

    /// <summary>Compares with a checkpoint kept elsewhere. Give all that were kept, smallest first: the first that fails bounds where the change lies.</summary>
    /// <returns>True when this log is a continuation of it.</returns>
    public bool Agrees(Checkpoint kept, long lastThatHeld = 0)
    {
        ArgumentNullException.ThrowIfNull(kept);
        if (kept.Size > _size)
        {
            Find(_size + 1, $"a log of {Text(_size)} entries", $"at least the {Text(kept.Size)} entries of the checkpoint of {kept.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: the end was cut off");
            return false;
        }

        Sha256Digest root = new(Tree.RootAt(kept.Size));
        if (root == kept.Root)
        {
            return true;
        }

        // A row that is named already explains it.
        long? named = _findings.Where(finding => finding.Sequence > lastThatHeld && finding.Sequence <= kept.Size).Select(finding => finding.Sequence).FirstOrDefault();
        Find(named, $"root {root} over the first {Text(kept.Size)} entries", $"{kept.Root} of the checkpoint of {kept.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: one of the entries {Text(lastThatHeld + 1)} to {Text(kept.Size)} was changed");
        return false;
    }

    // What is missing counts as what its kept hash says, so that the entries after it are judged by themselves.
    private byte[] LeafOf(LoggedEntry entry, long sequence)
    {
        if (entry.Entry is not { } bytes)
        {
            Find(sequence, $"no {entry.Subject}", "the row that was logged: it was deleted");
            return entry.Leaf?.ToArray() ?? MerkleHash.OfLeaf([]);
        }

        byte[] leaf = MerkleHash.OfLeaf(bytes.Span);
        if (entry.Leaf is { } kept && !kept.Span.SequenceEqual(leaf))
        {
            Find(sequence, $"a {entry.Subject} that was changed", $"the one with leaf hash {new Sha256Digest(kept.Span)}, as it was logged");
        }

        return leaf;
    }

    private void CheckSource(LoggedEntry entry, long sequence)
    {
        if (entry is { Entry: { } logged, Source: { } source } && !logged.Span.SequenceEqual(source.Span))
        {
            Find(sequence, $"a {entry.Subject} whose row says something else today", "the row as it was logged");
        }
    }

    private void CheckNode(MerkleNode node, long sequence)
    {
        if (node.Level == 0 || _keptNode is null || _findings.Exists(finding => finding.Sequence > node.Index << node.Level && finding.Sequence <= sequence))
        {
            return;
        }

        if (_keptNode(node.Level, node.Index) is not { } kept || !kept.AsSpan().SequenceEqual(node.Hash))
        {
            long first = (node.Index << node.Level) + 1;
            Find(first, $"entries {Text(first)} to {Text(sequence)} whose hashes were changed with them", $"the inner node {Text(node.Level)}/{Text(node.Index)} as it was computed when they were logged");
        }
    }

    private void Find(long? sequence, string seen, string expected) => _findings.Add(new LogFinding(sequence, seen, expected));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
