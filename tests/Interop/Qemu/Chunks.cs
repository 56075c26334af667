namespace IotAttest.Interop.Tests;

/// <summary>Messages as the digest program reads them: hex, parted where update is called anew.</summary>
internal static class Chunks
{
    private const string NoBytes = "-";
    private const int EveryLengthTo = 300;
    private const int Cuts = 4;

    // Around the end of a block, and around the room for the length in the last one (FIPS 180-4 section 5.1.1).
    private static readonly int[] Edges = [.. new[] { 1, 2, 3, 64 }.SelectMany(blocks => new[] { -10, -9, -8, -1, 0, 1 }.Select(off => (blocks * 64) + off))];

    /// <summary>Every length from 0 to 300 and every edge once, the rest of them at random.</summary>
    public static IEnumerable<byte[]> Messages(Random random, int count) =>
        Enumerable.Range(0, EveryLengthTo + 1).Concat(Edges).Concat(Enumerable.Repeat(-1, count)).Take(count).Select(length =>
        {
            byte[] message = new byte[length < 0 ? random.Next(EveryLengthTo + 1) : length];
            random.NextBytes(message);
            return message;
        });

    /// <summary>The message in up to five pieces, empty ones among them.</summary>
    public static string Split(Random random, byte[] message)
    {
        int[] cuts = [0, .. Enumerable.Range(0, random.Next(Cuts + 1)).Select(_ => random.Next(message.Length + 1)).Order(), message.Length];
        return string.Join(' ', cuts.Zip(cuts[1..], (from, to) => Hex(message.AsSpan(from, to - from))));
    }

    public static string Hex(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? NoBytes : Convert.ToHexStringLower(bytes);

    public static string Hex(string hex) => hex.Length == 0 ? NoBytes : hex;
}
