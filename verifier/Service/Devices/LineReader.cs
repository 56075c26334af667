using System.Buffers;
using System.IO.Pipelines;

namespace IotAttest.Service.Devices;

/// <summary>Reads a stream line by line; a line longer than the limit is passed over and reported, the next ones are read.</summary>
internal sealed class LineReader(PipeReader source, int maxLineBytes)
{
    private bool _isSkipping;

    /// <summary>The next line without its end, an empty one for a blank line, or null at the end.</summary>
    public async ValueTask<Line?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult result = await source.ReadAsync(cancellation);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                Line line = Take(buffer.Slice(0, end));
                source.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }

            if (result.IsCompleted)
            {
                Line? last = buffer.IsEmpty && !_isSkipping ? null : Take(buffer);
                source.AdvanceTo(buffer.End);
                return last;
            }

            Wait(buffer);
        }
    }

    private Line Take(ReadOnlySequence<byte> bytes)
    {
        bool isTooLong = _isSkipping || bytes.Length > maxLineBytes;
        _isSkipping = false;
        return isTooLong ? new Line(default, true) : new Line(bytes.ToArray(), false);
    }

    private void Wait(ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length > maxLineBytes)
        {
            _isSkipping = true;
            source.AdvanceTo(buffer.End);
        }
        else
        {
            source.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>One line.</summary>
    internal readonly record struct Line(ReadOnlyMemory<byte> Bytes, bool IsTooLong);
}
