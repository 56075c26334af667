using System.Text.RegularExpressions;
using IotAttest.Architecture.Tests.Nano.Stubs;

namespace IotAttest.Architecture.Tests.Nano.Projects;

/// <summary>What has to hold for the board projects, which nothing here can build; each finding starts with the name of its rule.</summary>
/// <remarks>References name bare assemblies (<c>mscorlib</c>) where Visual Studio writes version, culture and public key token too: the
/// fourth number of the version is not known for every package, and the hint path says which file is meant.</remarks>
internal static partial class ProjectRules
{
    private const string System = "$(NanoFrameworkProjectSystemPath)NFProjectSystem";
    private const string TypeGuids = "{11A8DD76-328B-46DF-9F39-F559912D0360};{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}";

    private static readonly string[] Imports = [$"{System}.Default.props", @"..\..\..\..\nf.proj.props", $"{System}.props", $"{System}.CSharp.targets"];

    private static readonly string[] SharedProperties =
        ["OutputType", "RootNamespace", "AssemblyName", "NFMDP_GENERATE_STUBS", "NFMDP_STUB_SkeletonWithoutInterop"];

    public static IEnumerable<string> Check(ProjectFiles files) =>
    [
        .. Sources(files),
        .. files.Legacy.SelectMany(Shape),
        .. Guids(files),
        .. Versions(files),
        .. files.Legacy.SelectMany(project => Packages(project, files)),
        .. files.Legacy.SelectMany(HintPaths),
        .. files.Legacy.Concat(files.Sdk).SelectMany(project => ProjectReferences(project, files)),
        .. SdkProjects(files),
    ];

    private static IEnumerable<string> Sources(ProjectFiles files)
    {
        ILookup<string, string> owners = files.Legacy.SelectMany(project => project.Sources.Select(source => (source, project.Name)))
            .Where(pair => pair.source != ProjectFiles.BoardVersion).ToLookup(pair => pair.source, pair => pair.Name);
        IEnumerable<string> versionless = files.Legacy.Where(project => !project.Sources.Contains(ProjectFiles.BoardVersion)).Select(project => $"Sources: {project.Path} has no version");
        string version = $"AssemblyVersion(\"{files.Versions["Version"]}.0\")";
        return
        [
            .. files.Sources.Where(source => owners[source].Count() != 1).Select(source => $"Sources: {source} is in {owners[source].Count()} projects, expected 1"),
            .. owners.Where(owner => !files.Sources.Contains(owner.Key)).Select(owner => $"Sources: {owner.Key} of {owner.First()} is no source of a board"),
            .. versionless,
            .. files[ProjectFiles.BoardVersion].Contains(version, StringComparison.Ordinal) ? [] : (string[])[$"Sources: {ProjectFiles.BoardVersion} lacks {version}"],
        ];
    }

    private static IEnumerable<string> Shape(NanoProject project)
    {
        if (!project.Imports.SequenceEqual(Imports))
        {
            yield return $"Imports: {project.Path} imports {string.Join(", ", project.Imports)}";
        }

        if (project.Properties.GetValueOrDefault("ProjectTypeGuids") != TypeGuids)
        {
            yield return $"TypeGuids: {project.Path}";
        }

        if (project.Properties.GetValueOrDefault("AssemblyName") != project.Name || project.Properties.GetValueOrDefault("TargetFrameworkVersion") != "v1.0")
        {
            yield return $"Properties: {project.Path} names another assembly or framework";
        }

        bool hasNatives = project.Name == "IotAttest.Interop";
        if (project.Properties.ContainsKey("NFMDP_GENERATE_STUBS") != hasNatives || project.Properties.ContainsKey("NFMDP_STUB_SkeletonWithoutInterop") != hasNatives)
        {
            yield return $"Stubs: {project.Path}";
        }
    }

    private static IEnumerable<string> Guids(ProjectFiles files)
    {
        string[] lines = [.. files[ProjectFiles.Solution].Split('\n').Where(line => line.StartsWith("Project(", StringComparison.Ordinal))];
        string[] expected = [.. files.Legacy.Select(project =>
            $"Project(\"{TypeGuids[..38]}\") = \"{project.Name}\", \"vs\\{project.Name}\\{project.Name}.nfproj\", \"{{{project.Properties.GetValueOrDefault("ProjectGuid")?.ToUpperInvariant()}}}\"")];
        return
        [
            .. expected.Where(line => !lines.Contains(line)).Select(line => $"Solution: lacks {line}"),
            .. lines.Where(line => !expected.Contains(line)).Select(line => $"Solution: {line} is no project"),
            .. files.Legacy.Where(project => !Guid.TryParse(project.Properties.GetValueOrDefault("ProjectGuid"), out _)).Select(project => $"Guid: {project.Path} has none"),
            .. files.Legacy.GroupBy(project => project.Properties.GetValueOrDefault("ProjectGuid")).Where(group => group.Count() > 1).Select(group => $"Guid: {group.Key} twice"),
        ];
    }

    // The names of the properties say which package they are for: NanoSystemNetVersion is nanoFramework.System.Net.
    private static IEnumerable<string> Versions(ProjectFiles files) => Listed().Where(pair => files.Versions.GetValueOrDefault(PropertyOf(pair.Key)) is { } version && version != pair.Value)
        .Select(pair => $"Listing: {pair.Key} {files.Versions[PropertyOf(pair.Key)]} in {ProjectFiles.SharedProps}, {pair.Value} in the listing");

    private static IEnumerable<string> Packages(NanoProject project, ProjectFiles files)
    {
        IReadOnlyDictionary<string, string> listed = Listed();
        string[] used = [.. project.References.Select(reference => HintPath().Match(reference.Hint).Groups["package"].Value)];
        return
        [
            .. project.Packages.GroupBy(package => package.Id).Where(group => group.Count() > 1).Select(group => $"Packages: {group.Key} twice in {project.Path}"),
            .. project.Packages.Where(package => files.Versions.GetValueOrDefault(PropertyOf(package.Id)) != package.Version || listed.GetValueOrDefault(package.Id) != package.Version)
                .Select(package => $"Packages: {package.Id} {package.Version} of {project.Path} is not the version of {ProjectFiles.SharedProps} and the listing"),
            .. project.Packages.Where(package => !used.Contains($"{package.Id}.{package.Version}")).Select(package => $"Packages: {package.Id} of {project.Path} is not referenced"),
            .. project.Frameworks.All(framework => framework == "netnano1.0") ? [] : (string[])[$"Packages: {project.Path} names another framework"],
        ];
    }

    private static IEnumerable<string> HintPaths(NanoProject project)
    {
        string[] names = [.. project.Packages.Select(package => $"{package.Id}.{package.Version}")];
        string[] known = [.. ApiReader.Read(BoardCompiler.ListingPath).Select(assembly => assembly.Name)];
        foreach ((string assembly, string hint) in project.References)
        {
            Match match = HintPath().Match(hint);
            if (!match.Success || match.Groups["file"].Value != assembly || !names.Contains(match.Groups["package"].Value) || !known.Contains(assembly))
            {
                yield return $"HintPath: {assembly} from {hint} in {project.Path}";
            }
        }
    }

    private static IEnumerable<string> ProjectReferences(NanoProject project, ProjectFiles files)
    {
        NanoProject[] all = [.. project.Sdk.Length == 0 ? files.Legacy : files.Sdk];
        NanoProject[] direct = [.. all.Where(other => project.Projects.Contains(other.Path))];
        return
        [
            .. project.Projects.Where(path => all.All(other => other.Path != path)).Select(path => $"Projects: {path} of {project.Path} is no project of its kind"),
            .. project.Projects.GroupBy(path => path).Where(group => group.Count() > 1).Select(group => $"Projects: {group.Key} twice in {project.Path}"),
            .. direct.SelectMany(other => other.Projects).Except(project.Projects).Select(path => $"Projects: {project.Path} lacks {path}, which one of its references needs"),
            .. direct.SelectMany(other => other.Packages.Select(package => package.Id)).Except(project.Packages.Select(package => package.Id))
                .Select(id => $"Projects: {project.Path} lacks package {id}, which one of its references needs"),
        ];
    }

    private static IEnumerable<string> SdkProjects(ProjectFiles files)
    {
        Dictionary<string, NanoProject> sdk = files.Sdk.ToDictionary(project => project.Name);
        foreach (NanoProject legacy in files.Legacy)
        {
            if (!sdk.Remove(legacy.Name, out NanoProject? project))
            {
                yield return $"Sdk: {legacy.Name} has no project of the SDK";
                continue;
            }

            IEnumerable<(string, string)> packages = project.Packages.Select(package => (package.Id, files.Versions.GetValueOrDefault(package.Version.Trim('$', '(', ')'), package.Version)));
            bool isSame = project.Sources.Order().SequenceEqual(legacy.Sources.Order())
                && packages.Order().SequenceEqual(legacy.Packages.Order())
                && project.Projects.Select(Path.GetFileNameWithoutExtension).Order().SequenceEqual(legacy.Projects.Select(Path.GetFileNameWithoutExtension).Order())
                && SharedProperties.All(property => project.Properties.GetValueOrDefault(property) == legacy.Properties.GetValueOrDefault(property));
            if (!isSame || project.Sdk != $"nanoFramework.NET.Sdk/{files.Versions["NanoSdkVersion"]}" || project.Properties.GetValueOrDefault("TargetFramework") != "netnano1.0")
            {
                yield return $"Sdk: {project.Path} differs from {legacy.Path} or has another SDK";
            }
        }

        foreach (string name in sdk.Keys)
        {
            yield return $"Sdk: {name} has no project for Visual Studio";
        }
    }

    private static string PropertyOf(string package) => $"Nano{package["nanoFramework.".Length..].Replace(".", "", StringComparison.Ordinal)}Version";

    /// <summary>Package ids and versions in the headers of the listing.</summary>
    private static Dictionary<string, string> Listed() => File.ReadLines(BoardCompiler.ListingPath)
        .Select(line => line.Split(' ')).Where(words => words is ["#", "assembly", _, _, _] && global::System.Version.TryParse(words[4], out _))
        .ToDictionary(words => words[3], words => words[4]);

    [GeneratedRegex(@"^\.\.\\\.\.\\packages\\(?<package>[^\\]+)\\lib\\(?<file>[^\\]+)\.dll$")]
    private static partial Regex HintPath();
}
