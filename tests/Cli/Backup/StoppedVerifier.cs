using IotAttest.Cli.Tests.Hosting;

namespace IotAttest.Cli.Tests.Backup;

/// <summary>The data directory of a verifier that ran once; each test works on a copy.</summary>
public sealed class StoppedVerifier : IAsyncLifetime, IDisposable
{
    private readonly CommandLine _line = new();

    public async Task InitializeAsync()
    {
        using ServedVerifier verifier = await ServedVerifier.StartAsync(_line.Folder);
        Assert.Equal(0, await verifier.Process.TerminateAsync());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _line.Dispose();

    /// <summary>A command line whose folder <c>data</c> is a copy of it.</summary>
    internal CommandLine Copy()
    {
        CommandLine copy = new();
        Directory.CreateDirectory(copy.PathOf("data"));
        foreach (string file in Directory.GetFiles(_line.PathOf("data")))
        {
            File.Copy(file, Path.Combine(copy.PathOf("data"), Path.GetFileName(file)));
        }

        return copy;
    }
}
