using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>A temporary folder with the packages that package-lock.json names, for the tests of one class.</summary>
public sealed class NodeFolder : IDisposable
{
    private static readonly string[] Files = ["package.json", "package-lock.json", "check_results.mjs", "check_signed.mjs"];

    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-node-").FullName;

    /// <summary>Verifies a result in both forms and returns what the program printed.</summary>
    public Task<JsonElement> CheckAsync(string keys, string jwt, byte[] cwt) =>
        RunAsync("check_results.mjs", [], ("keys.json", keys), ("result.jwt", jwt), ("result.cwt", cwt));

    /// <summary>Verifies one signed thing: <paramref name="form"/> is jws, cose or receipt, the key a JWK set or PEM. A receipt needs its statement.</summary>
    public Task<JsonElement> CheckSignedAsync(string form, string key, object signed, byte[]? statement = null)
    {
        (string, object) keyFile = (key.StartsWith('{') ? "key.json" : "key.pem", key);
        return statement is null
            ? RunAsync("check_signed.mjs", [form], keyFile, ("signed", signed))
            : RunAsync("check_signed.mjs", [form], keyFile, ("signed", signed), ("statement", statement));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<JsonElement> RunAsync(string program, string[] words, params (string Name, object Content)[] files)
    {
        await InstallAsync();
        foreach ((string name, object content) in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(_folder, name), content as byte[] ?? System.Text.Encoding.UTF8.GetBytes((string)content));
        }

        (int exitCode, string output, string errors) = await Programs.RunAsync("node", [program, .. words, .. files.Select(file => file.Name)], _folder);
        Assert.True(exitCode == 0, errors);
        return JsonDocument.Parse(output).RootElement;
    }

    private async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(_folder, "node_modules")))
        {
            return;
        }

        foreach (string file in Files)
        {
            File.Copy(Path.Combine(SharedData.Repository, "tests", "EndToEnd", "peers", file), Path.Combine(_folder, file), overwrite: true);
        }

        // Not npm ci: it wants the optional native builds of cbor-x in the lock file, which not every registry has. Versions and hashes of all
        // else come from the lock file all the same.
        (int exitCode, string output, string errors) = await Programs.RunAsync("npm", ["install", "--no-save", "--omit=optional", "--no-audit", "--no-fund", "--ignore-scripts"], _folder);
        Assert.True(exitCode == 0, output + errors);
    }
}
