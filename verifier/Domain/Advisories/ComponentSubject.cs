namespace IotAttest.Domain.Advisories;

/// <summary>A component in the bill of materials of a build.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version text, or null.</param>
/// <param name="PurlText">Its package URL as the file writes it, or null.</param>
/// <param name="IsFirst">True for the first one of the file: in most files that is what the file is about.</param>
public sealed record ComponentSubject(string Name, string? Version, string? PurlText, bool IsFirst)
{
    /// <summary>Its package URL; null when there is none that can be read.</summary>
    public PackageUrl? Purl { get; } = PackageUrl.TryParse(PurlText, out PackageUrl? purl) ? purl : null;

    /// <summary>Name and version, for people.</summary>
    public override string ToString() => PurlText ?? (Version is null ? Name : $"{Name} {Version}");
}
