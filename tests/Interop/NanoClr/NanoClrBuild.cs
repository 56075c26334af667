namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>Builds the stand-in of an interpreter with the module in it, once per test run.</summary>
public sealed class NanoClrBuild : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-nanoclr-");
    private readonly Lazy<string> _program;

    public NanoClrBuild() => _program = new Lazy<string>(Build);

    public static string Sources { get; } = Path.Combine(NativeBuild.Sources, "..", "..", "..", "tests", "Interop", "NanoClr");

    public string Program => _program.Value;

    public void Dispose() => _folder.Delete(recursive: true);

    private string Build()
    {
        using PatchedTree tree = new();
        Shell.Require("cmake", "-S", Sources, "-B", _folder.FullName, $"-DIOTATTEST_PATCHED_HEADERS={tree.HeaderFolder}");
        Shell.Require("cmake", "--build", _folder.FullName);
        return Path.Combine(_folder.FullName, "iotattest-nanoclr");
    }
}
