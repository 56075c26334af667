using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using IotAttest.Domain.Json;

namespace IotAttest.Domain.Advisories;

/// <summary>Reads CSAF 2.0 and OpenVEX 0.2.0, both as JSON, from anybody: bounded in size, depth, products and statements. Members that
/// nothing here depends on are passed over.</summary>
public static class AdvisoryReader
{
    /// <summary>Longest file in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Most products.</summary>
    public const int MaxProducts = 2_000;

    /// <summary>Most vulnerabilities.</summary>
    public const int MaxVulnerabilities = 500;

    /// <summary>Most statements: products times vulnerabilities that have a status.</summary>
    public const int MaxStatements = 10_000;

    /// <summary>Deepest nesting of the JSON.</summary>
    public const int MaxDepth = 64;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="advisory">What it says, or null.</param>
    /// <param name="error">Why not, or null.</param>
    /// <returns>True when read.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out Advisory? advisory, [NotNullWhen(false)] out AdvisoryError? error)
    {
        advisory = null;
        AdvisoryFields fields = new();
        if (file.Length > MaxBytes)
        {
            fields.Fail("file", $"{file.Length} bytes", $"at most {MaxBytes} bytes");
        }
        else
        {
            try
            {
                using JsonDocument json = StrictJson.Parse(file, MaxDepth);
                advisory = Read(json.RootElement, fields);
            }
            catch (JsonException cause)
            {
                fields.Fail("file", $"no JSON that can be read ({cause.Message})", $"JSON, at most {MaxDepth} deep, each member once");
            }
        }

        error = fields.Error;
        advisory = error is null ? advisory : null;
        return advisory is not null;
    }

    private static Advisory? Read(JsonElement root, AdvisoryFields fields)
    {
        if (AdvisoryFields.Member(root, "document") is not null)
        {
            return CsafReader.Read(root, fields);
        }

        if (AdvisoryFields.Member(root, "@context") is not null)
        {
            return OpenVexReader.Read(root, fields);
        }

        fields.Fail("file", "neither \"document\" nor \"@context\"", "CSAF 2.0 or OpenVEX 0.2.0, as JSON", "Send one of the two.");
        return null;
    }
}
