using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IotAttest.Cli.Files;

/// <summary>Writes JSON Lines, or other lines, for the owner's eyes only; each line is one write, so that a crash leaves whole lines.</summary>
internal sealed class LineFile(string path) : IDisposable
{
    private readonly FileStream _stream = OutputFile.Create(path, isSecret: true);

    public void Write(JsonObject line) => _stream.Write([.. JsonSerializer.SerializeToUtf8Bytes(line), (byte)'\n']);

    public void Write(string line) => _stream.Write([.. Encoding.UTF8.GetBytes(line), (byte)'\n']);

    public void Flush() => _stream.Flush(flushToDisk: true);

    public void Dispose() => _stream.Dispose();
}
