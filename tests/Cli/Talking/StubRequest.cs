using System.Text;
using System.Text.Json;

namespace IotAttest.Cli.Tests.Talking;

/// <summary>What a command line sent: method and path, headers, body.</summary>
internal sealed record StubRequest(string Line, string? Authorization, string? ContentType, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonElement.Parse(Body);
}
