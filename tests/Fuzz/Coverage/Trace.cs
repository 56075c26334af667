using System.Numerics;

namespace IotAttest.Fuzz.Tests.Coverage;

/// <summary>Counts which edges between blocks one execution takes. Instrumented code calls <see cref="Hit"/>; one thread at a time.</summary>
public static class Trace
{
    private const int Edges = 1 << 16;

    private static readonly int[] Counts = new int[Edges];
    private static readonly int[] Touched = new int[Edges];
    private static readonly byte[] Seen = new byte[Edges];

    private static int _touchedCount;
    private static int _previous;

    /// <summary>Edges that any execution took so far.</summary>
    public static int SeenEdges => Seen.Count(buckets => buckets != 0);

    /// <summary>Called at the start of each block. The number is random, so that the edge from A to B is told from that from B to A.</summary>
    public static void Hit(int block)
    {
        int edge = _previous ^ block;
        _previous = block >> 1;
        if (Counts[edge]++ == 0)
        {
            Touched[_touchedCount++] = edge;
        }
    }

    /// <summary>Forgets the last execution.</summary>
    public static void Begin()
    {
        for (int i = 0; i < _touchedCount; i++)
        {
            Counts[Touched[i]] = 0;
        }

        _touchedCount = 0;
        _previous = 0;
    }

    /// <summary>Forgets all executions: another target begins.</summary>
    public static void Reset()
    {
        Begin();
        Array.Clear(Seen);
    }

    /// <summary>How many (edge, magnitude of its count) the last execution was the first to take.</summary>
    public static int TakeNew()
    {
        int fresh = 0;
        for (int i = 0; i < _touchedCount; i++)
        {
            int edge = Touched[i];
            byte bucket = BucketOf(Counts[edge]);
            if ((Seen[edge] & bucket) == 0)
            {
                Seen[edge] |= bucket;
                fresh++;
            }
        }

        return fresh;
    }

    // 1, 2, 3, 4-7, 8-15, 16-31, 32-127, more: a loop that ran once more is no news, one that ran twice as often is.
    private static byte BucketOf(int count) => count switch
    {
        1 => 1,
        2 => 2,
        3 => 4,
        < 128 => (byte)Math.Min(1 << (BitOperations.Log2((uint)count) + 1), 1 << 6),
        _ => 1 << 7,
    };
}
