namespace IotAttest.Cli.Simulation;

/// <summary>Where simulated boards live: a folder that stays, or a temporary one.</summary>
internal sealed class SimulationFolder : IDisposable
{
    private readonly bool _isKept;

    private SimulationFolder(string path, bool isKept)
    {
        Path = path;
        _isKept = isKept;
    }

    public string Path { get; }

    public static SimulationFolder Open(string? chosen) => chosen is null
        ? new SimulationFolder(Directory.CreateTempSubdirectory("iotattest-simulate-").FullName, isKept: false)
        : new SimulationFolder(System.IO.Path.GetFullPath(chosen), isKept: true);

    public void Dispose()
    {
        if (!_isKept)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
