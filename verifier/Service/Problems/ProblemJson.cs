using System.Text.Encodings.Web;
using System.Text.Json;

namespace IotAttest.Service.Problems;

/// <summary>How problems are written: texts stay readable in a terminal, which is safe because the media type is never HTML.</summary>
internal static class ProblemJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
