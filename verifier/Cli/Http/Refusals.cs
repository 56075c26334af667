using System.Net;
using System.Text.Json;
using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Http;

/// <summary>Reads problem+json (DESIGN.md section 8).</summary>
internal static class Refusals
{
    public static CliException Of(HttpStatusCode status, byte[] body)
    {
        (string? seen, string? expected, string? todo) = Read(body);
        string what = $"{(int)status} from the verifier{(seen is null ? "" : $": {seen}")}";
        expected ??= "an answer of success";
        todo ??= status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? "pass the token of an organisation with the right role" : "check --server and the arguments";
        return (int)status >= 500 ? CliException.Fault(what, expected, todo) : CliException.DoesNotHold(what, expected, todo);
    }

    private static (string? Seen, string? Expected, string? Do) Read(byte[] body)
    {
        try
        {
            JsonElement problem = JsonElement.Parse(body);
            return problem.ValueKind == JsonValueKind.Object ? (Text(problem, "seen"), Text(problem, "expected"), Text(problem, "do")) : default;
        }
        catch (JsonException)
        {
            // Not a verifier, or a proxy before it: the status alone has to do.
            return default;
        }
    }

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.TrimEnd('.') : null;
}
