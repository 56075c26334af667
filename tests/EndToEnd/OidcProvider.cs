using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>The OpenID provider "oidc-provider" from npm, running with one client until it is disposed.</summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    private static readonly string[] Files = ["package.json", "package-lock.json", "provider.mjs"];

    private readonly string _folder;
    private readonly Process _process;
    private readonly Task _errors;

    private OidcProvider(string folder, Process process, Uri issuer)
    {
        _folder = folder;
        _process = process;
        Issuer = issuer;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public Uri Issuer { get; }

    /// <summary>Installs and starts it; the client is described as in a registration (RFC 7591 section 2).</summary>
    public static async Task<OidcProvider> StartAsync(JsonObject client)
    {
        string folder = Directory.CreateTempSubdirectory("iotattest-oidc-").FullName;
        foreach (string file in Files)
        {
            File.Copy(Path.Combine(SharedData.Repository, "tests", "EndToEnd", "peers", "oidc", file), Path.Combine(folder, file));
        }

        (int exitCode, string output, string errors) = await Programs.RunAsync("npm", ["install", "--no-save", "--omit=optional", "--no-audit", "--no-fund", "--ignore-scripts"], folder);
        Assert.True(exitCode == 0, output + errors);
        ProcessStartInfo start = new(Tools.Find("node")!, ["provider.mjs", client.ToJsonString()]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        Process process = Process.Start(start)!;
        string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience.Long);
        Assert.True(line is not null, "the provider did not start");
        return new OidcProvider(folder, process, new Uri(JsonElement.Parse(line).GetProperty("issuer").GetString()!));
    }

    /// <summary>Ends it: it stops when its input is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience.Long);
        await _errors;
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
