using System.Xml.Linq;

namespace IotAttest.Architecture.Tests;

/// <summary>What can be held about packages without a list of known vulnerabilities. The list itself is asked at each restore (NuGetAudit), where the
/// package source serves one; where it does not, these tests say nothing about vulnerabilities.</summary>
public sealed class DependencyAuditTests
{
    [Fact]
    public void Restore_audits_direct_and_transitive_packages_at_every_severity_and_nothing_silences_it()
    {
        string properties = File.ReadAllText(Path.Combine(Checkout.Root, "Directory.Build.props"));
        IEnumerable<string> silenced =
            from file in Checkout.Files
            where Path.GetExtension(file) is ".csproj" or ".props" or ".targets"
            let text = File.ReadAllText(Path.Combine(Checkout.Root, file))
            where text.Contains("NU190", StringComparison.Ordinal) || text.Contains("NuGetAuditSuppress", StringComparison.Ordinal)
            select file;

        Assert.All(["<NuGetAudit>true<", "<NuGetAuditMode>all<", "<NuGetAuditLevel>low<", "<TreatWarningsAsErrors>true<"], setting => Assert.Contains(setting, properties, StringComparison.Ordinal));
        Assert.Empty(silenced);
    }

    [Fact]
    public void Every_package_is_pinned_by_its_content_and_each_has_one_version()
    {
        var packages = LockFiles.All.ToArray();

        Assert.True(packages.Length > 100, $"{packages.Length} packages were found");
        Assert.All(packages, package => Assert.True(package.ContentHash?.Length == 88, $"{package.File}: {package.Name} has no SHA-512"));
        Assert.All(packages.GroupBy(package => (package.Name, package.Version)), package => Assert.Single(package.Select(one => one.ContentHash).Distinct()));
        Assert.All(LockFiles.OfTheVerifier.GroupBy(package => package.Name), package => Assert.Single(package.Select(one => one.Version).Distinct()));
    }

    [Fact]
    public void Versions_are_exact_and_stand_in_one_file()
    {
        string[] versions = [.. XDocument.Load(Path.Combine(Checkout.Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(package => (string)package.Attribute("Version")!)];

        Assert.NotEmpty(versions);
        Assert.All(versions, version => Assert.Matches(@"^\d+\.\d+\.\d+$", version));
        Assert.All(Checkout.Projects, project => Assert.DoesNotContain(XDocument.Load(Path.Combine(Checkout.Root, project)).Descendants("PackageReference"), reference => reference.Attribute("Version") is not null));
        Assert.All(Checkout.Projects, project => Assert.Contains(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json").Replace('\\', '/'), Checkout.Files));
    }
}
