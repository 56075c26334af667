using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>A temporary folder with the packages that package-lock.json names, for the tests of one class.</summary>
public sealed class NodeFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-node-").FullName;

    /// <summary>Verifies a result in both forms and returns what the program printed.</summary>
    public async Task<JsonElement> CheckAsync(string keys, string jwt, byte[] cwt)
    {
        await InstallAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "keys.json"), keys);
        await File.WriteAllTextAsync(Path.Combine(_folder, "result.jwt"), jwt);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "result.cwt"), cwt);
        (int exitCode, string output, string errors) = await Programs.RunAsync("node", ["check_results.mjs", "keys.json", "result.jwt", "result.cwt"], _folder);
        Assert.True(exitCode == 0, errors);
        return JsonDocument.Parse(output).RootElement;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(_folder, "node_modules")))
        {
            return;
        }

        foreach (string file in new[] { "package.json", "package-lock.json", "check_results.mjs" })
        {
            File.Copy(Path.Combine(SharedData.Repository, "tests", "EndToEnd", "peers", file), Path.Combine(_folder, file));
        }

        (int exitCode, string output, string errors) = await Programs.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], _folder);
        Assert.True(exitCode == 0, output + errors);
    }
}
