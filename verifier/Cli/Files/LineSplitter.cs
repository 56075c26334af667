using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Files;

/// <summary>Reads a file line by line and knows where the last whole line ended.</summary>
internal sealed class LineSplitter(Stream source, int maxLineBytes)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Bytes of the file up to the end of the last line given.</summary>
    public long Offset { get; private set; }

    /// <summary>The next line with its end, or null when the rest has none.</summary>
    public byte[]? Next()
    {
        int searched = 0;
        while (true)
        {
            int at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                byte[] line = _buffer.AsSpan(_start, searched + at + 1).ToArray();
                _start += line.Length;
                Offset += line.Length;
                return line;
            }

            searched = _end - _start;
            if (searched > maxLineBytes)
            {
                throw CliException.DoesNotHold($"a line of more than {maxLineBytes} bytes", "lines of this tool", "move the file away and start anew");
            }

            if (!Fill())
            {
                return null;
            }
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = source.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
