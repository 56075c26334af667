using System.Text.Json;

namespace IotAttest.Domain.Sbom;

/// <summary>CycloneDX as JSON: the component that the file is about, and all components inside.</summary>
internal static class CycloneDx
{
    private static readonly string[] Versions = ["1.4", "1.5", "1.6"];

    internal static SbomDocument Read(JsonElement root, SbomFields fields)
    {
        string format = fields.Text(root, "", "bomFormat");
        string version = fields.Text(root, "", "specVersion");
        if (format != "CycloneDX" || !Versions.Contains(version))
        {
            fields.Fail("specVersion", $"{format} {version}", $"CycloneDX {string.Join(", ", Versions)}");
        }

        if (root.TryGetProperty("metadata", out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("component", out JsonElement subject) && subject.ValueKind == JsonValueKind.Object)
        {
            ReadComponent(subject, "metadata.component.", fields);
        }

        ReadList(root, "", fields);
        return new SbomDocument($"CycloneDX {version}", fields.Components);
    }

    // Components may hold components; the depth of the JSON bounds the recursion.
    private static void ReadList(JsonElement parent, string path, SbomFields fields)
    {
        foreach ((JsonElement component, string place) in fields.Objects(parent, path, "components"))
        {
            ReadComponent(component, place, fields);
        }
    }

    private static void ReadComponent(JsonElement component, string path, SbomFields fields)
    {
        fields.Add(path, new SbomComponent(
            fields.Text(component, path, "name"),
            fields.OptionalText(component, path, "version"),
            fields.OptionalText(component, path, "purl"),
            fields.OptionalText(component, path, "type")?.ToLowerInvariant(),
            fields.Hashes(component, path, "hashes", "alg", "content")));
        ReadList(component, path, fields);
    }
}
