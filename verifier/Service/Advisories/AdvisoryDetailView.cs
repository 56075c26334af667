using IotAttest.Domain.Advisories;

namespace IotAttest.Service.Advisories;

/// <summary>An advisory with what it says and which builds it is about.</summary>
/// <param name="Advisory">The advisory.</param>
/// <param name="Vulnerabilities">What it speaks of.</param>
/// <param name="Builds">Builds that a statement is about.</param>
/// <param name="NeedsPerson">Builds that a statement may be about: somebody has to look.</param>
/// <param name="Unidentified">Products that nothing but a person could recognise: no id, digest, package URL, CPE or product name.</param>
/// <param name="IsComplete">False when there are more builds than are shown.</param>
/// <param name="Revisions">All revisions that the caller may see, oldest first.</param>
internal sealed record AdvisoryDetailView(
    AdvisoryView Advisory,
    IReadOnlyList<VulnerabilityView> Vulnerabilities,
    IReadOnlyList<AdvisoryBuildView> Builds,
    IReadOnlyList<AdvisoryBuildView> NeedsPerson,
    IReadOnlyList<string> Unidentified,
    bool IsComplete,
    IReadOnlyList<AdvisoryRevisionView> Revisions);

/// <summary>A vulnerability in its author's words.</summary>
internal sealed record VulnerabilityView(string Id, string Title, string Severity, string Exploitation, string Remediation)
{
    public static VulnerabilityView Of(AdvisoryVulnerability vulnerability) =>
        new(vulnerability.Id, vulnerability.Title, AdvisoryWords.Of(vulnerability.Severity), vulnerability.Exploitation, vulnerability.Remediation);
}

/// <summary>What a statement says of a build.</summary>
/// <param name="Build">The build.</param>
/// <param name="Manufacturer">Its maker.</param>
/// <param name="Class">Its product class.</param>
/// <param name="Version">Its version.</param>
/// <param name="Vulnerability">The vulnerability.</param>
/// <param name="Status">What the statement says.</param>
/// <param name="Standing">What holds after all advisories in force; null while this one is not.</param>
/// <param name="Level">How close the statement comes: <c>build</c>, <c>product</c> or <c>component</c>.</param>
/// <param name="Reason">The author's reason.</param>
/// <param name="Product">The product as the advisory names it; null for those who may not see what the build is made of.</param>
/// <param name="Component">The component that led there; null as above, and where none did.</param>
/// <param name="Why">How the statement was matched; null as above.</param>
internal sealed record AdvisoryBuildView(
    string Build, string Manufacturer, Guid Class, string Version, string Vulnerability, string Status, string? Standing, string Level, string Reason, string? Product, string? Component, string? Why);

/// <summary>One revision.</summary>
internal sealed record AdvisoryRevisionView(long Revision, string Version, string Status, string ImportedAt, string Sha256);
