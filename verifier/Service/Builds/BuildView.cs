using IotAttest.Domain.Corim;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Builds;

/// <summary>A build in lists.</summary>
/// <remarks><c>minimumSecurityVersion</c> is that of its class: below it, no board may run the build. <c>advisories</c> mark the build affected.</remarks>
internal sealed record BuildView(
    string Id,
    string Manufacturer,
    Guid Class,
    string Version,
    ulong SecurityVersion,
    string Status,
    string Coverage,
    ulong MinimumSecurityVersion,
    string ManifestSha256,
    string SubmittedAt,
    string? SupersededBy,
    string? AcceptedUntil,
    string? RetiredAt,
    IReadOnlyList<string> Certificates,
    IReadOnlyList<ComponentView> Components,
    IReadOnlyList<string> Advisories)
{
    public static BuildView Of(BuildRow row, ReferenceBuild build, ulong minimumSecurityVersion, DateTimeOffset now) => new(
        build.Id,
        build.Manufacturer,
        build.ClassId,
        build.Version,
        build.SecurityVersion,
        BuildStatus.Of(build, now),
        BuildStatus.CoverageOf(build, now),
        minimumSecurityVersion,
        new Sha256Digest(row.ManifestSha256).ToString(),
        UtcText.OfMs(row.SubmittedAt),
        row.SupersededBy,
        UtcText.Of(build.AcceptedUntil),
        UtcText.Of(build.RetiredAt),
        [.. build.Certificates.Select(certificate => certificate.Id)],
        [.. build.Measured.Components.Select(ComponentView.Of)],
        build.Advisories);
}

/// <summary>A component and its digest as <c>sha256:</c> and hex.</summary>
internal sealed record ComponentView(string Name, string Digest)
{
    public static ComponentView Of(MeasuredComponent component) => new(component.Name, new Sha256Digest(component.Sha256.Span).ToString());
}

/// <summary>Some builds; <paramref name="Next"/> is the cursor of the next page, null at the end.</summary>
internal sealed record BuildPage(IReadOnlyList<BuildView> Builds, string? Next);

/// <summary>What is known of a digest.</summary>
internal sealed record DigestView(string Digest, string Status, IReadOnlyList<BuildView> Builds);
