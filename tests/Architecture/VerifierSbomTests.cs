using System.Diagnostics;
using IotAttest.Domain.Sbom;
using IotAttest.Support;

namespace IotAttest.Architecture.Tests;

/// <summary>The bill of materials of the verifier itself, read with the reader that the verifier has for those of others.</summary>
public sealed class VerifierSbomTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [RequiresToolFact("python3")]
    public void It_holds_every_package_of_the_lock_files_with_its_digest_and_every_project_of_the_tool()
    {
        SbomDocument sbom = Read(Make("a.json"));

        Assert.Equal("CycloneDX 1.6", sbom.Format);
        var packages = LockFiles.OfTheVerifier.Select(package => (package.Name, package.Version, Digest: Convert.ToHexStringLower(Convert.FromBase64String(package.ContentHash!)))).Distinct().ToArray();
        Assert.NotEmpty(packages);
        Assert.Equal(
            packages.Select(package => $"pkg:nuget/{package.Name}@{package.Version} {package.Digest}").Order(StringComparer.Ordinal),
            sbom.Components.Where(component => component.Purl is not null).Select(component => $"{component.Purl} {component.Hashes["SHA-512"]}").Order(StringComparer.Ordinal));
        Assert.Equal(Projects(), sbom.Components.Where(component => component.Purl is null).Select(component => component.Name).Order(StringComparer.Ordinal));
    }

    [RequiresToolFact("python3")]
    public void The_same_lock_files_give_the_same_bytes() => Assert.Equal(Make("a.json"), Make("b.json"));

    private byte[] Make(string name)
    {
        string file = Path.Combine(_folder, name);
        using Process process = Process.Start(new ProcessStartInfo(Tools.Find("python3")!, [Path.Combine(Checkout.Root, ".ci", "sbom.py"), file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        return File.ReadAllBytes(file);
    }

    private static SbomDocument Read(byte[] file)
    {
        Assert.True(SbomReader.TryRead(file, out SbomDocument? sbom, out SbomError? error), error?.ToString());
        return sbom;
    }

    // The tool and whatever it references, as the project files say.
    private static string[] Projects()
    {
        HashSet<string> found = [];
        Queue<string> open = new(["verifier/Cli/IotAttest.Cli.csproj"]);
        while (open.TryDequeue(out string? project))
        {
            if (found.Add(project))
            {
                foreach (string reference in Checkout.ReferencesOf(project))
                {
                    open.Enqueue(reference);
                }
            }
        }

        return [.. found.Select(project => Path.GetFileNameWithoutExtension(project)).Order(StringComparer.Ordinal)];
    }
}
