using System.Text.Json;

namespace IotAttest.Browser.Tests;

/// <summary>Bills of materials for tests.</summary>
internal static class SbomFiles
{
    public static byte[] CycloneDx(params (string Name, string Version)[] components) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        bomFormat = "CycloneDX",
        specVersion = "1.6",
        components = components.Select(component => new { type = "library", name = component.Name, version = component.Version }),
    });
}
