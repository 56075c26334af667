using System.Runtime.InteropServices;
using System.Xml.Linq;
using IotAttest.Support;
using Mono.Cecil;

namespace IotAttest.Architecture.Tests;

/// <summary>The files of the repository and what was built from them.</summary>
internal static class Checkout
{
    private static readonly string[] NotSources = ["bin", "obj", ".git", "node_modules", "TestResults"];

    public static string Root => SharedData.Repository;

    /// <summary>Paths of files relative to the root, slashes forward, build output left out.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. List(new DirectoryInfo(Root)).Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/')).Order()];

    /// <summary>What `dotnet` builds here; the projects in firmware/nano need packages that only boards' builds have.</summary>
    public static IEnumerable<string> Projects =>
        Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !file.StartsWith("firmware/nano/", StringComparison.Ordinal));

    /// <summary>Projects that a project references, relative to the root.</summary>
    public static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Path.Combine(Root, project)).Descendants("ProjectReference")
            .Select(reference => Path.Combine(Root, Path.GetDirectoryName(project)!, (string)reference.Attribute("Include")!))
            .Select(path => Path.GetRelativePath(Root, Path.GetFullPath(path)).Replace('\\', '/'));

    /// <summary>The newest build of a project named by its path without ending, or null when it is not built.</summary>
    public static string? FindAssembly(string project)
    {
        DirectoryInfo bin = new(Path.Combine(Root, Path.GetDirectoryName(project)!, "bin"));
        return bin.Exists
            ? bin.EnumerateFiles($"{Path.GetFileName(project)}.dll", SearchOption.AllDirectories)
                .Where(file => !file.FullName.Contains($"{Path.DirectorySeparatorChar}ref{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .MaxBy(file => file.LastWriteTimeUtc)?.FullName
            : null;
    }

    public static ModuleDefinition Open(string assembly)
    {
        DefaultAssemblyResolver resolver = new();
        resolver.AddSearchDirectory(Path.GetDirectoryName(assembly));
        resolver.AddSearchDirectory(RuntimeEnvironment.GetRuntimeDirectory());
        return ModuleDefinition.ReadModule(assembly, new ReaderParameters { AssemblyResolver = resolver });
    }

    private static IEnumerable<FileInfo> List(DirectoryInfo folder) =>
        folder.EnumerateDirectories().Where(sub => !NotSources.Contains(sub.Name)).SelectMany(List).Concat(folder.EnumerateFiles());
}
