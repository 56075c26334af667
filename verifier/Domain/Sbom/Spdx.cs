using System.Text.Json;

namespace IotAttest.Domain.Sbom;

/// <summary>SPDX 2.3 as JSON: its packages.</summary>
internal static class Spdx
{
    private const string Version = "SPDX-2.3";

    internal static SbomDocument Read(JsonElement root, SbomFields fields)
    {
        string version = fields.Text(root, "", "spdxVersion");
        if (version != Version)
        {
            fields.Fail("spdxVersion", version, Version);
        }

        foreach ((JsonElement package, string path) in fields.Objects(root, "", "packages"))
        {
            fields.Add(path, new SbomComponent(
                fields.Text(package, path, "name"),
                Asserted(fields.OptionalText(package, path, "versionInfo")),
                PurlOf(package, path, fields),
                Asserted(fields.OptionalText(package, path, "primaryPackagePurpose"))?.ToLowerInvariant(),
                fields.Hashes(package, path, "checksums", "algorithm", "checksumValue")));
        }

        return new SbomDocument("SPDX 2.3", fields.Components);
    }

    private static string? PurlOf(JsonElement package, string path, SbomFields fields)
    {
        string? purl = null;
        foreach ((JsonElement reference, string place) in fields.Objects(package, path, "externalRefs"))
        {
            if (fields.OptionalText(reference, place, "referenceType") == "purl")
            {
                purl ??= fields.OptionalText(reference, place, "referenceLocator");
            }
        }

        return purl;
    }

    private static string? Asserted(string? text) => text is "NOASSERTION" or "NONE" ? null : text;
}
