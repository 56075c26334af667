using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Protocol;

namespace IotAttest.Cli.Commands.Broker;

/// <summary>Reads UEIDs and transport credentials from what the factory line wrote: the verifier keeps SHA-256 of them only, which no broker can use.</summary>
internal static class BoardCredentials
{
    private const int MaxCredentialLength = 64;

    public static IEnumerable<(string Ueid, string Credential)> Read(string path)
    {
        using StreamReader reader = new(InputFile.Open(path));
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Of(line) ?? throw CliException.WrongUsage(
                    $"line {number} of {path}, which holds no board with its credential", "the secrets that device provision wrote (line.secrets.jsonl)", "pass the right file");
            }
        }
    }

    private static (string Ueid, string Credential)? Of(string line)
    {
        try
        {
            using JsonDocument record = JsonDocument.Parse(line);
            return record.RootElement.ValueKind == JsonValueKind.Object
                && TextOf(record.RootElement, "ueid") is { } ueid && Ueid.FromHex(ueid) is not null
                && TextOf(record.RootElement, "credential") is { Length: > 0 and <= MaxCredentialLength } credential
                ? (ueid, credential)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement record, string name) =>
        record.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
