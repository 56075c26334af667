using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Protocol;

namespace IotAttest.Cli.Commands.Device;

/// <summary>Reads the boards of a file: a UEID on each line, or the enrolment records that provisioning wrote.</summary>
internal static class UeidLines
{
    private const string Expected = "a UEID, or an enrolment record, on each line";

    /// <summary>Ascending, each once.</summary>
    public static string[] Read(string path)
    {
        SortedSet<string> ueids = new(StringComparer.Ordinal);
        using StreamReader reader = new(InputFile.Open(path));
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                ueids.Add(UeidOf(line.Trim()) ?? throw CliException.WrongUsage($"line {number} of {path}, which names no board", Expected, "correct the line"));
            }
        }

        return ueids.Count > 0 ? [.. ueids] : throw CliException.WrongUsage($"no board in {path}", Expected, "pass the right file");
    }

    private static string? UeidOf(string line)
    {
        if (!line.StartsWith('{'))
        {
            return Ueid.FromHex(line) is null ? null : line;
        }

        try
        {
            using JsonDocument record = JsonDocument.Parse(line);
            return record.RootElement.TryGetProperty("ueid", out JsonElement ueid) && ueid.ValueKind == JsonValueKind.String && Ueid.FromHex(ueid.GetString()!) is not null ? ueid.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
