using System.Xml.Linq;

namespace IotAttest.Architecture.Tests.Nano.Projects;

/// <summary>The texts of the board projects and of what they share, by path from the root; a test may change one.</summary>
internal sealed class ProjectFiles
{
    public const string SharedProps = "nf.proj.props";
    public const string BoardVersion = Folder + "BoardVersion.cs";
    public const string Solution = Folder + "IotAttest.Firmware.sln";
    private const string Folder = "firmware/nano/";

    private static readonly string[] SourceFolders = ["shared/Protocol/", "firmware/Agent/", "firmware/Boards/"];

    private readonly Dictionary<string, string> _texts;

    private ProjectFiles(Dictionary<string, string> texts, IReadOnlyList<string> sources) => (_texts, Sources) = (texts, sources);

    /// <summary>Every source that goes onto a board.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>The projects for Visual Studio.</summary>
    public IEnumerable<NanoProject> Legacy => Projects(".nfproj");

    /// <summary>The projects of the SDK.</summary>
    public IEnumerable<NanoProject> Sdk => Projects(".csproj");

    /// <summary>Versions in nf.proj.props, by property.</summary>
    public IReadOnlyDictionary<string, string> Versions => XDocument.Parse(this[SharedProps]).Descendants()
        .Where(element => element.Name.LocalName.EndsWith("Version", StringComparison.Ordinal)).ToDictionary(element => element.Name.LocalName, element => element.Value);

    public string this[string path] => _texts[path];

    public static ProjectFiles Read()
    {
        IEnumerable<string> files = Checkout.Files.Where(file => file.StartsWith(Folder, StringComparison.Ordinal)).Append(SharedProps);
        return new ProjectFiles(
            files.ToDictionary(file => file, file => File.ReadAllText(Path.Combine(Checkout.Root, file))),
            [.. Checkout.Files.Where(IsSource)]);
    }

    /// <summary>The same with one place of one file changed.</summary>
    public ProjectFiles With(string path, string old, string changed)
    {
        Assert.Contains(old, this[path], StringComparison.Ordinal);
        int at = this[path].IndexOf(old, StringComparison.Ordinal);
        return new ProjectFiles(new Dictionary<string, string>(_texts) { [path] = this[path][..at] + changed + this[path][(at + old.Length)..] }, Sources);
    }

    /// <summary>The same with one source more on disk.</summary>
    public ProjectFiles WithSource(string path) => new(_texts, [.. Sources, path]);

    // What lies deeper in firmware/Interop are tools that run on .NET.
    private static bool IsSource(string file) => file.EndsWith(".cs", StringComparison.Ordinal)
        && (SourceFolders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)) || Path.GetDirectoryName(file) == "firmware/Interop");

    private IEnumerable<NanoProject> Projects(string ending) => _texts.Keys
        .Where(path => path.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Select(path => NanoProject.Parse(path, this[path], _texts.GetValueOrDefault(Path.Combine(Path.GetDirectoryName(path)!, "packages.config"))));
}
