using System.Text.Json.Serialization;
using IotAttest.Domain.Corim;
using IotAttest.Service.Hosting;
using IotAttest.Service.Products;
using IotAttest.Service.Reports;

namespace IotAttest.Service.Builds;

/// <summary>A build with all that its manifest says.</summary>
internal sealed record BuildDetailView(
    [property: JsonIgnore] BuildView Summary, string? ProductName, string? Sbom, string? NotBefore, string? NotAfter, IReadOnlyList<AssemblyView> Assemblies,
    SbomSummary? SbomFile, IReadOnlyList<BuildEventView> History, IReadOnlyList<ReportView> Reports, [property: JsonIgnore] ProductNotes Product)
{
    /// <summary>What stands in an imported CoRIM and is not taken; empty for a manifest of the profile.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    public string Id => Summary.Id;

    public string Manufacturer => Summary.Manufacturer;

    public Guid Class => Summary.Class;

    public string Version => Summary.Version;

    public ulong SecurityVersion => Summary.SecurityVersion;

    public string Status => Summary.Status;

    public string Coverage => Summary.Coverage;

    public ulong MinimumSecurityVersion => Summary.MinimumSecurityVersion;

    public string ManifestSha256 => Summary.ManifestSha256;

    public string SubmittedAt => Summary.SubmittedAt;

    public string? SupersededBy => Summary.SupersededBy;

    public string? AcceptedUntil => Summary.AcceptedUntil;

    public string? RetiredAt => Summary.RetiredAt;

    public IReadOnlyList<string> Certificates => Summary.Certificates;

    public IReadOnlyList<ComponentView> Components => Summary.Components;

    public IReadOnlyList<string> Advisories => Summary.Advisories;

    public string? SupportUntil => Product.SupportUntil;

    public string Support => Product.Support;

    /// <summary>What to be warned of; in the answer to a submission also what stands against a build that is accepted all the same.</summary>
    public IReadOnlyList<ProductNote> Warnings { get; init; } = Product.Warnings;

    public static BuildDetailView Of(BuildView summary, BuildManifest manifest, SbomSummary? sbomFile, IReadOnlyList<BuildEventView> history, ProductNotes product, IReadOnlyList<ReportView> reports) => new(
        summary,
        manifest.ProductName,
        manifest.Sbom?.ToString(),
        UtcText.Of(manifest.NotBefore),
        UtcText.Of(manifest.NotAfter),
        [.. manifest.Assemblies.Select(assembly => new AssemblyView(assembly.Name, assembly.Version, assembly.SizeBytes, assembly.Digest.ToString()))],
        sbomFile,
        history,
        reports,
        product);

    /// <summary>The same with more to be warned of.</summary>
    public BuildDetailView WithWarnings(IEnumerable<ProductNote> more) => this with { Warnings = [.. Warnings, .. more] };
}

/// <summary>An assembly of the deployment; <paramref name="Size"/> in bytes.</summary>
internal sealed record AssemblyView(string Name, string Version, uint Size, string Digest);

/// <summary>The bill of materials at hand; what it lists is for those who may see it.</summary>
internal sealed record SbomSummary(string Format, long Components, string UploadedAt);
