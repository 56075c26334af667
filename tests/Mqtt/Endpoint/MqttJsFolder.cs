namespace IotAttest.Mqtt.Tests;

/// <summary>A temporary folder with the packages that package-lock.json names, for the tests of one class.</summary>
public sealed class MqttJsFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-mqttjs-").FullName;

    /// <summary>Installs mqtt.js outside the checkout and returns the folder.</summary>
    public async Task<string> InstallAsync()
    {
        foreach (string file in new[] { "package.json", "package-lock.json", "mqttjs_peer.js" })
        {
            File.Copy(Path.Combine(Programs.Folder, file), Path.Combine(_folder, file), overwrite: true);
        }

        (int exitCode, string output) = await Programs.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], _folder);
        Assert.True(exitCode == 0, output);
        return _folder;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
