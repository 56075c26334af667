using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Demo;

/// <summary>Where the demo keeps its files: a folder the user named, or a temporary one that is removed at the end.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool _isKept;

    private DemoFolder(string path, bool isKept)
    {
        Path = path;
        _isKept = isKept;
        Files = Directory.CreateDirectory(System.IO.Path.Combine(path, "files")).FullName;
        Boards = Directory.CreateDirectory(System.IO.Path.Combine(path, "boards")).FullName;
    }

    public string Path { get; }

    /// <summary>The verifier's data directory.</summary>
    public string Verifier => System.IO.Path.Combine(Path, "verifier");

    /// <summary>Signed manifests and certificates.</summary>
    public string Files { get; }

    /// <summary>Flash images and boot counters.</summary>
    public string Boards { get; }

    public static DemoFolder Open(string? chosen)
    {
        if (chosen is null)
        {
            return new DemoFolder(Directory.CreateTempSubdirectory("iotattest-demo-").FullName, isKept: false);
        }

        string path = System.IO.Path.GetFullPath(chosen);
        return Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()
            ? throw CliException.WrongUsage($"a folder {path} with files in it", "a new or empty folder", $"choose another one; to look at an earlier demo run: iotattest serve --data {System.IO.Path.Combine(path, "verifier")}")
            : new DemoFolder(path, isKept: true);
    }

    public void Dispose()
    {
        if (!_isKept)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
