namespace IotAttest.Cli.Bench;

/// <summary>A folder that goes with its owner.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("iotattest-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
