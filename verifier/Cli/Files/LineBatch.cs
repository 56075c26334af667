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

    public static async IAsyncEnumerable<LineBatch> ReadAllAsync(Stream source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using StreamReader reader = new(source, Encoding.UTF8);
        List<string> lines = new(MaxLines);
        int first = 1;
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
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

    private static LineBatch Of(int first, List<string> lines) => new(
        first, lines.Count, lines.Count(line => !string.IsNullOrWhiteSpace(line)), Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n'));
}
