namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>A folder with what the committed patches add to the interpreter, without the interpreter: its new header, and each changed file with the added lines.</summary>
internal sealed class PatchedTree : IDisposable
{
    public const string Header = "src/PAL/Include/nanoPAL_IotAttest.h";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-patched-");

    public PatchedTree()
    {
        foreach (string patch in Directory.EnumerateFiles(Path.Combine(NativeBuild.Sources, "nanoclr", "patches"), "*.patch").Order())
        {
            Add(File.ReadAllLines(patch));
        }
    }

    public string Root => _folder.FullName;

    public string HeaderFolder => Path.GetDirectoryName(PathOf(Header))!;

    public string PathOf(string file) => Path.Combine(Root, file);

    public void Dispose() => _folder.Delete(recursive: true);

    private void Add(string[] lines)
    {
        string file = "";
        foreach (string line in lines)
        {
            if (line.StartsWith("+++ b/", StringComparison.Ordinal))
            {
                file = PathOf(line["+++ b/".Length..]);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            }
            else if (file.Length > 0 && line.StartsWith('+'))
            {
                File.AppendAllText(file, line[1..] + "\n");
            }
        }
    }
}
