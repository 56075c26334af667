using System.Text;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>A reader of JSON documents from anybody.</summary>
internal abstract class JsonTarget : FuzzTarget
{
    private readonly Lazy<byte[][]> _words;

    protected JsonTarget() => _words = new(() => JsonWords.Of(Seeds));

    public sealed override byte[][] Words => _words.Value;

    public sealed override IEnumerable<byte[]> Seeds => Documents.Select(Encoding.UTF8.GetBytes);

    public override int MaxInputBytes => 16 * 1024;

    public override long BaseBytes => 128 * 1024;

    public override long BytesPerByte => 512;

    protected abstract IEnumerable<string> Documents { get; }
}
