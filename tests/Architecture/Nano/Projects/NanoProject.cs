using System.Xml.Linq;

namespace IotAttest.Architecture.Tests.Nano.Projects;

/// <summary>What a board project says, whichever of the two systems it is for; paths from the root.</summary>
/// <param name="Path">The project file.</param>
/// <param name="Sdk">Value of the Sdk attribute, empty in a project for Visual Studio.</param>
/// <param name="Properties">Its properties by name.</param>
/// <param name="Imports">Imported files as written, in order.</param>
/// <param name="Sources">Compiled files.</param>
/// <param name="References">Assembly and the path it is taken from, as written.</param>
/// <param name="Packages">Package id and version as written; from packages.config where there is one.</param>
/// <param name="Frameworks">Frameworks that packages.config names.</param>
/// <param name="Projects">Referenced projects.</param>
internal sealed record NanoProject(
    string Path,
    string Sdk,
    IReadOnlyDictionary<string, string> Properties,
    IReadOnlyList<string> Imports,
    IReadOnlyList<string> Sources,
    IReadOnlyList<(string Assembly, string Hint)> References,
    IReadOnlyList<(string Id, string Version)> Packages,
    IReadOnlyList<string> Frameworks,
    IReadOnlyList<string> Projects)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public static NanoProject Parse(string path, string text, string? packagesConfig)
    {
        XElement root = XDocument.Parse(text).Root!;
        XElement[] packages = packagesConfig is null ? [] : [.. XDocument.Parse(packagesConfig).Root!.Elements("package")];
        string folder = System.IO.Path.GetDirectoryName(path)!;
        return new NanoProject(
            path,
            (string?)root.Attribute("Sdk") ?? "",
            All(root, "PropertyGroup").Elements().GroupBy(property => property.Name.LocalName).ToDictionary(group => group.Key, group => group.Last().Value),
            [.. All(root, "Import").Select(import => (string)import.Attribute("Project")!)],
            [.. Includes(root, "Compile").Select(include => FromRoot(folder, include))],
            [.. All(root, "Reference").Select(reference => ((string)reference.Attribute("Include")!, reference.Value.Trim()))],
            packagesConfig is null
                ? [.. All(root, "PackageReference").Select(package => ((string)package.Attribute("Include")!, (string)package.Attribute("Version")!))]
                : [.. packages.Select(package => ((string)package.Attribute("id")!, (string)package.Attribute("version")!))],
            [.. packages.Select(package => (string)package.Attribute("targetFramework")!)],
            [.. Includes(root, "ProjectReference").Select(include => FromRoot(folder, include))]);
    }

    public static string FromRoot(string folder, string relative) =>
        System.IO.Path.GetRelativePath(Checkout.Root, System.IO.Path.GetFullPath(System.IO.Path.Combine(Checkout.Root, folder, relative.Replace('\\', '/')))).Replace('\\', '/');

    private static IEnumerable<XElement> All(XElement root, string name) => root.Descendants().Where(element => element.Name.LocalName == name);

    private static IEnumerable<string> Includes(XElement root, string name) => All(root, name).Select(element => (string)element.Attribute("Include")!);
}
