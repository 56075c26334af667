using System.Text.Json;

namespace IotAttest.Architecture.Tests;

/// <summary>What the lock files of the repository name.</summary>
internal static class LockFiles
{
    // Tests and what boards run are no part of the verifier; firmware/Agent and Simulator are part of the tool, for demo and simulate.
    private static readonly string[] Shipped = ["verifier/", "shared/", "firmware/Agent/", "firmware/Simulator/"];

    public static IEnumerable<(string File, string Name, string Version, string? ContentHash)> All =>
        from file in Checkout.Files
        where Path.GetFileName(file) == "packages.lock.json"
        from package in Packages(file)
        select package;

    public static IEnumerable<(string File, string Name, string Version, string? ContentHash)> OfTheVerifier =>
        All.Where(package => Shipped.Any(folder => package.File.StartsWith(folder, StringComparison.Ordinal)));

    private static List<(string, string, string, string?)> Packages(string file)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Checkout.Root, file)));
        return
        [
            .. from framework in json.RootElement.GetProperty("dependencies").EnumerateObject()
               from package in framework.Value.EnumerateObject()
               where package.Value.GetProperty("type").GetString() != "Project"
               select (file, package.Name, package.Value.GetProperty("resolved").GetString()!, package.Value.TryGetProperty("contentHash", out JsonElement hash) ? hash.GetString() : null),
        ];
    }
}
