using System.Runtime.CompilerServices;
using System.Text;

namespace IotAttest.Cli.Files;

/// <summary>Some lines of a long file, small enough for one request.</summary>
/// <param name="FirstLine">Number of the first line in the file, from 1.</param>
/// <param name="Count">Lines, blank ones too.</param>
/// <param name="Records">Lines that are not blank.</param>
/// <param name="Bytes">The lines with their ends.</param>
internal sealed record LineBatch(int FirstLine, int Count, int Records, byte[] Bytes)
{
    private const int MaxLines = 2000;

    // More than a record may have: the verifier refuses the line, and this program need not hold the rest of it.
    private const int MaxLineLength = 9 * 1024;

    /// <summary>Reads a stream of any length batch by batch; what a line has beyond 9 KiB is passed over.</summary>
    public static async IAsyncEnumerable<LineBatch> ReadAllAsync(Stream source, int fromLine, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using StreamReader reader = new(source, Encoding.UTF8);
        List<string> lines = new(MaxLines);
        int first = 1;
        await foreach (string line in ReadLinesAsync(reader, cancellation))
        {
            if (first + lines.Count < fromLine)
            {
                first++;
                continue;
            }

            lines.Add(line);
            if (lines.Count == MaxLines)
            {
                yield return Of(first, lines);
                first += lines.Count;
                lines.Clear();
            }
        }

        if (lines.Count > 0)
        {
            yield return Of(first, lines);
        }
    }

    private static async IAsyncEnumerable<string> ReadLinesAsync(StreamReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        char[] chunk = new char[16 * 1024];
        StringBuilder line = new();
        int read;
        while ((read = await reader.ReadAsync(chunk, cancellation)) > 0)
        {
            int start = 0;
            for (int end; (end = Array.IndexOf(chunk, '\n', start, read - start)) >= 0; start = end + 1)
            {
                Append(line, chunk.AsSpan(start, end - start));
                yield return line.ToString();
                line.Clear();
            }

            Append(line, chunk.AsSpan(start, read - start));
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> part) => line.Append(part[..Math.Min(part.Length, MaxLineLength - line.Length)]);

    private static LineBatch Of(int first, List<string> lines) => new(
        first, lines.Count, lines.Count(line => !string.IsNullOrWhiteSpace(line)), Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n'));
}
