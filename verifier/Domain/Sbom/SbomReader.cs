using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using IotAttest.Domain.Json;

namespace IotAttest.Domain.Sbom;

/// <summary>Reads CycloneDX 1.4 to 1.6 (ECMA-424) and SPDX 2.3, both as JSON, from anybody: bounded in size, depth, components and texts.
/// Members that are not indexed are passed over.</summary>
public static class SbomReader
{
    /// <summary>Longest file in bytes.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Most components, nested ones included.</summary>
    public const int MaxComponents = 20_000;

    private const int MaxDepth = 64;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="document">What it lists, or null.</param>
    /// <param name="error">Why not, or null.</param>
    /// <returns>True when read.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out SbomDocument? document, [NotNullWhen(false)] out SbomError? error)
    {
        document = null;
        if (file.Length > MaxBytes)
        {
            error = new SbomError("file", $"{file.Length} bytes", $"at most {MaxBytes} bytes");
            return false;
        }

        SbomFields fields = new();
        try
        {
            using JsonDocument json = StrictJson.Parse(file, MaxDepth);
            document = Read(json.RootElement, fields);
        }
        catch (JsonException cause)
        {
            fields.Fail("file", $"no JSON that can be read ({cause.Message})", $"JSON, at most {MaxDepth} deep, each member once");
        }

        error = fields.Error;
        document = error is null ? document : null;
        return document is not null;
    }

    private static SbomDocument? Read(JsonElement root, SbomFields fields)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            fields.Fail("file", $"{root.ValueKind}", "an object");
            return null;
        }

        if (root.TryGetProperty("bomFormat", out _))
        {
            return CycloneDx.Read(root, fields);
        }

        if (root.TryGetProperty("spdxVersion", out _))
        {
            return Spdx.Read(root, fields);
        }

        fields.Fail("file", "neither \"bomFormat\" nor \"spdxVersion\"", "CycloneDX 1.4 to 1.6 or SPDX 2.3, as JSON");
        return null;
    }
}
