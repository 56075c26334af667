using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Files;

/// <summary>JSON Lines, or other lines, for the owner's eyes only. A file that a killed run left behind is taken up where its
/// last whole line ends: first the lines that are there are read or compared, then new ones are added.</summary>
internal sealed class LineFile : IDisposable
{
    private const int MaxLineBytes = 64 * 1024;
    private const int WriteBytes = 128 * 1024;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly MemoryStream _pending = new(WriteBytes);
    private LineSplitter? _old;
    private int _line;

    private LineFile(string path, FileStream stream, bool isContinued)
    {
        _path = path;
        _stream = stream;
        _old = isContinued ? new LineSplitter(stream, MaxLineBytes) : null;
    }

    public static LineFile Create(string path) => new(path, OutputFile.Create(path, isSecret: true), isContinued: false);

    /// <summary>Opens what an earlier run left, or an empty file.</summary>
    public static LineFile Continue(string path) => File.Exists(path)
        ? new(path, new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0), isContinued: true)
        : Create(path);

    public static byte[] BytesOf(JsonObject line) => [.. JsonSerializer.SerializeToUtf8Bytes(line), (byte)'\n'];

    public static byte[] BytesOf(string line) => [.. Encoding.UTF8.GetBytes(line), (byte)'\n'];

    /// <summary>The next whole line that is there, with its end; null once there is none, and what is left of a torn one is cut off.</summary>
    public byte[]? TryRead()
    {
        if (_old is null)
        {
            return null;
        }

        _line++;
        byte[]? line = _old.Next();
        if (line is null)
        {
            Cut();
        }

        return line;
    }

    /// <summary>Adds a line, or holds it against the one that is there at this place.</summary>
    public void WriteOrCompare(byte[] line)
    {
        if (TryRead() is not { } known)
        {
            Write(line);
        }
        else if (!line.AsSpan().SequenceEqual(known))
        {
            throw CliException.DoesNotHold($"line {_line} of {_path}, which this run did not write", "the lines that belong to the secrets", "move the files away and start anew");
        }
    }

    public void Write(byte[] line)
    {
        _pending.Write(line);
        if (_pending.Length >= WriteBytes)
        {
            Send();
        }
    }

    /// <summary>Cuts off a torn line and refuses whole ones that nothing was compared with.</summary>
    public void EndOfOld()
    {
        if (TryRead() is not null)
        {
            throw CliException.DoesNotHold($"line {_line} of {_path}, for which there are no secrets", "as many lines as the secrets have", "move the files away and start anew");
        }
    }

    /// <summary>Gives what was written to the system, and to the disk when <paramref name="toDisk"/>.</summary>
    public void Flush(bool toDisk)
    {
        Send();
        if (toDisk)
        {
            _stream.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Send()
    {
        _stream.Write(_pending.GetBuffer().AsSpan(0, (int)_pending.Length));
        _pending.SetLength(0);
    }

    private void Cut()
    {
        _stream.SetLength(_old!.Offset);
        _stream.Seek(0, SeekOrigin.End);
        _old = null;
    }
}
