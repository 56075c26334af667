namespace IotAttest.Support;

/// <summary>Builds the native board library once for the tests that share this, into a temporary folder.</summary>
public sealed class NativeBoardBuild : IDisposable
{
    private const string Target = "iotattest-board";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-native-board-");
    private readonly Lazy<string> _library;

    public NativeBoardBuild() => _library = new Lazy<string>(Build);

    /// <summary>The full path of libiotattest-board.so.</summary>
    public string Library => _library.Value;

    public void Dispose() => _folder.Delete(recursive: true);

    private string Build()
    {
        NativeSources.Build(_folder.FullName, target: Target);
        return Path.Combine(_folder.FullName, $"lib{Target}.so");
    }
}
